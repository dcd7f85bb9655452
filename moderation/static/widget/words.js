// What the widget says.

const RU = {
  lang: "ru",
  title: "Сообщить об опечатке",
  shown: "Текст, который будет отправлен нашим редакторам:",
  correction: "Как правильно",
  comment: "Комментарий (необязательно)",
  send: "Отправить",
  sending: "Отправляем…",
  cancel: "Отмена",
  close: "Закрыть",
  thanks: "Спасибо! Редакторы получили ваше сообщение.",
  receipt: "Узнать, что с ним стало",
  empty: "Сначала выделите в тексте слово или фразу с ошибкой, потом нажмите Ctrl+Enter или эту кнопку.",
  outside: "Этот фрагмент не относится к статье. Выделите опечатку в тексте статьи.",
  long: "Выделено слишком много. Выделите не больше тысячи знаков: одно слово или предложение.",
  offline: "Не удалось связаться с редакцией. Ваш текст цел, попробуйте отправить ещё раз.",
  busy: "Сейчас сообщений слишком много. Ваш текст цел, попробуйте ещё раз чуть позже.",
  refused: "Сайт пока не принимает сообщения с этой страницы. Ваш текст цел, его можно скопировать.",
  invalid: "Сообщение не принято: ",
};

const EN = {
  lang: "en",
  title: "Report a typo",
  shown: "Text that will be sent to our editors:",
  correction: "It should read",
  comment: "Comment (optional)",
  send: "Send",
  sending: "Sending…",
  cancel: "Cancel",
  close: "Close",
  thanks: "Thank you! The editors have your report.",
  receipt: "See what becomes of it",
  empty: "First select the word or phrase with the mistake, then press Ctrl+Enter or this button.",
  outside: "This is not part of the article. Select the typo in the article's text.",
  long: "That is too much. Select at most a thousand characters: a word or a sentence.",
  offline: "The editors could not be reached. Your text is kept here, try to send it again.",
  busy: "There are too many reports just now. Your text is kept here, try again a little later.",
  refused: "The site does not take reports from this page yet. Your text is kept here, you can copy it.",
  invalid: "The report was not accepted: ",
};

/** The words in the language asked for, else the page's. */
export function wordsFor(lang) {
  const wanted = (lang || document.documentElement.lang || navigator.language || "en").toLowerCase();
  return wanted.startsWith("ru") ? RU : EN;
}
