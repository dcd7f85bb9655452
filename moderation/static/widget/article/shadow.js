// Selections inside shadow roots.

/**
 * What is selected inside an open shadow root. The page's own selection only points at its host.
 * @param {Window} view
 * @returns {Range | null}
 */
export function rangeInShadow(view) {
  const selection = view.getSelection();
  const ranges = selection?.getComposedRanges?.({ shadowRoots: shadowRoots(view.document) }) ?? [];
  for (const { startContainer, startOffset, endContainer, endOffset } of ranges) {
    if (startContainer.getRootNode() !== endContainer.getRootNode()) continue;
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range;
  }
  return null;
}

/**
 * Every open shadow root, but the widget's own.
 * @param {Document | ShadowRoot} tree
 * @returns {ShadowRoot[]}
 */
function shadowRoots(tree) {
  return [...tree.querySelectorAll("*")].flatMap(({ shadowRoot: shadow }) =>
    shadow && !shadow.host.matches("[data-corrigenda-ignore]") ? [shadow, ...shadowRoots(shadow)] : [],
  );
}
