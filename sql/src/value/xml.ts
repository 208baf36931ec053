/** Reads XML: elements, attributes and text, without documents types. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly XmlNode[];
}
export type XmlNode = string | XmlElement;

const maxDepth = 500;

/** The outermost element; undefined where the text is no XML. */
export function parseXml(text: string): XmlElement | undefined {
  const reader = new Reader(text);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** All text within, in order. */
export function textOf(node: XmlNode): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The text that is no other element's. */
export function ownText(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

class Malformed extends Error {}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): XmlElement {
    this.skipMisc();
    const root = this.element(0);
    this.skipMisc();
    if (this.at < this.text.length) throw new Malformed();
    return root;
  }

  private skipMisc(): void {
    while (this.match(/\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*>/y) !== undefined);
  }

  private element(depth: number): XmlElement {
    if (depth > maxDepth || !this.take('<')) throw new Malformed();
    const name = this.name();
    const attributes: (readonly [string, string])[] = [];
    for (;;) {
      this.match(/\s+/y);
      if (this.take('/>')) return { name, attributes, children: [] };
      if (this.take('>')) break;
      const attribute = this.name();
      this.match(/\s*/y);
      if (!this.take('=')) throw new Malformed();
      this.match(/\s*/y);
      const value = this.match(/"[^"<]*"|'[^'<]*'/y);
      if (value === undefined) throw new Malformed();
      attributes.push([attribute, decoded(value.slice(1, -1))]);
    }
    const children: XmlNode[] = [];
    const add = (text: string) => {
      const last = children.at(-1);
      if (typeof last === 'string') children[children.length - 1] = last + text;
      else children.push(text);
    };
    for (;;) {
      const plain = this.match(/[^<]+/y);
      if (plain !== undefined) add(decoded(plain));
      else if (this.match(/<!--[^]*?-->|<\?[^]*?\?>/y) !== undefined) continue;
      else if (this.text.startsWith('<![CDATA[', this.at)) add(this.section());
      else if (this.take('</')) {
        if (this.name() !== name) throw new Malformed();
        this.match(/\s*/y);
        if (!this.take('>')) throw new Malformed();
        return { name, attributes, children };
      } else children.push(this.element(depth + 1));
    }
  }

  private section(): string {
    const whole = this.match(/<!\[CDATA\[[^]*?\]\]>/y);
    if (whole === undefined) throw new Malformed();
    return whole.slice('<![CDATA['.length, -']]>'.length);
  }

  private name(): string {
    const name = this.match(/[\p{L}_:][\p{L}\p{N}_:.-]*/uy);
    if (name === undefined) throw new Malformed();
    return name;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || found === '') return found;
    this.at += found.length;
    return found;
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);|&/g, (whole, name: string | undefined) => {
    if (name === undefined) throw new Malformed();
    const code = name.startsWith('#x')
      ? parseInt(name.slice(2), 16)
      : name.startsWith('#')
        ? parseInt(name.slice(1), 10)
        : undefined;
    if (code !== undefined) {
      if (code > 0x10ffff) throw new Malformed();
      return String.fromCodePoint(code);
    }
    const entity = entities[name];
    if (entity === undefined) throw new Malformed();
    return whole === '' ? whole : entity;
  });
}
