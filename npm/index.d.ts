import type { Draft, Options as WidgetOptions, Outcome, Reported, Result } from "../moderation/static/widget/api.d.ts";

export type {
  Draft, Kind, Outcome, Problem, Quote, Receipt, Reported, ReportState, Result, Status,
} from "../moderation/static/widget/api.d.ts";

export interface Options extends WidgetOptions {
  /** The address of your Corrigenda, such as https://typos.example.org */
  service: string;
}

export interface MountOptions extends Options {
  /** The keys, such as `Ctrl+Enter` or `Alt+Shift+E`; `Ctrl` is Cmd too. */
  hotkey?: string;
  /** `off`: none; `fixed`: one in the corner; a CSS selector: your own. */
  button?: string;
}

/** Listen for the keys, buttons and selections. Returns the function that ends it. On a server it does nothing. */
export function mount(options: MountOptions): () => void;

/** Open the dialog for what is selected, or for `range`. Resolves when it is closed; null when nothing was sent. */
export function open(options: Options & { range?: Range }): Promise<Outcome>;

/** Send a report without the dialog. What cannot be sent now is kept in the browser and sent later. */
export function report(
  draft: Draft,
  options: Pick<Options, "service" | "siteKey" | "root" | "mark" | "reports">,
): Promise<Result>;

/** This browser's reports to a site, newest first: at most 50, from 90 days. `lang` is the language of the messages. */
export function reports(options: Pick<Options, "service" | "siteKey" | "lang">): Promise<Reported[]>;

/** Forget this browser's reports to a site. The service keeps them: their receipts' pages erase them. */
export function forget(options: Pick<Options, "service" | "siteKey">): Promise<void>;
