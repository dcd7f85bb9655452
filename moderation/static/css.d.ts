/** A style sheet as a module. moderation/reader/bundle.py writes it into the file that imports it. */
declare module "*.css" {
  const sheet: CSSStyleSheet;
  export default sheet;
}

interface Selection {
  getComposedRanges?(options: { shadowRoots: ShadowRoot[] }): StaticRange[];
}
