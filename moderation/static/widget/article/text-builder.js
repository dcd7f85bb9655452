// Page text, character by character. Pure: it knows no DOM. The rule is docs/page-text.md.

const SPACE = /[\s\u00a0]/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

/** The page text so far. `points` are its code points; `nodes` and `offsets` say where each one stands. */
export class TextBuilder {
  /** @type {string[]} */
  points = [];
  /** @type {Text[]} */
  nodes = [];
  /** @type {number[]} */
  offsets = [];
  /** The span of the selection in `points`, end excluded; -1 when it holds no text. */
  start = -1;
  end = -1;
  /** Where blocks and lines of the page begin in `points`. @type {number[]} */
  edges = [];
  #space = false;

  /** White space comes next: the edge of a block, or a line break. */
  addSpace() {
    this.#space = true;
    this.edges.push(this.points.length);
  }

  /**
   * Add the characters of a text node. Those from offset `from` to `to` are selected (UTF-16 units, end excluded).
   * @param {Text} node
   * @param {number} from
   * @param {number} to
   */
  addText(node, from, to) {
    const { data } = node;
    for (let at = 0; at < data.length; ) {
      const point = String.fromCodePoint(/** @type {number} */ (data.codePointAt(at)));
      // U+FEFF is both to JavaScript.
      if (INVISIBLE.test(point)) {
        // no part of the text
      } else if (SPACE.test(point)) this.#space = true;
      else {
        if (this.#space && this.points.length) this.#push(" ", node, at);
        this.#space = false;
        if (at + point.length > from && at < to) {
          if (this.start < 0) this.start = this.points.length;
          this.end = this.points.length + 1;
        }
        this.#push(point, node, at);
      }
      at += point.length;
    }
  }

  /**
   * @param {string} point
   * @param {Text} node
   * @param {number} offset
   */
  #push(point, node, offset) {
    this.points.push(point);
    this.nodes.push(node);
    this.offsets.push(offset);
  }
}
