import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface PlotFrame {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A colour of the theme, by its variable. */
  readonly colour: (variable: string) => string;
}

/** A canvas as large as its place and as sharp as the screen, drawn again when anything it shows changes. */
export function PlotCanvas(props: {
  readonly label: string;
  readonly draw: (frame: PlotFrame) => void;
  readonly onMove?: (x: number | undefined, width: number, y: number, height: number) => void;
  readonly onPick?: (x: number, y: number, width: number, height: number) => void;
  readonly onDrag?: (dx: number, dy: number) => void;
  readonly onWheel?: (event: WheelEvent, x: number, y: number) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onSize?: (width: number, height: number) => void;
  readonly children?: ComponentChildren;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const [size, setSize] = useState({ width: 0, height: 0, ratio: 1, theme: '' });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = window.devicePixelRatio;
      setSize((old) =>
        old.width === width && old.height === height && old.ratio === ratio
          ? old
          : { ...old, width, height, ratio },
      );
      props.onSize?.(width, height);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // Colours are pixels here: a change of the theme has to be seen.
    const themes = new MutationObserver(() => {
      setSize((old) => ({ ...old, theme: `${document.documentElement.className} ${Date.now()}` }));
    });
    for (const target of [document.documentElement, document.body])
      themes.observe(target, {
        attributes: true,
        attributeFilter: ['class', 'style', 'data-theme'],
      });
    return () => {
      observer.disconnect();
      themes.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || size.width === 0 || size.height === 0) return;
    element.width = Math.round(size.width * size.ratio);
    element.height = Math.round(size.height * size.ratio);
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const styles = getComputedStyle(element);
    props.draw({
      context,
      width: size.width,
      height: size.height,
      colour: (variable) => styles.getPropertyValue(variable).trim() || styles.color,
    });
  });
  const at = (event: MouseEvent) => {
    const box = frame.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  return (
    <div
      ref={frame}
      class="plot-frame"
      role="group"
      aria-label={props.label}
      tabIndex={0}
      onKeyDown={props.onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        held.current = { x: event.clientX, y: event.clientY, moved: false };
      }}
      onPointerMove={(event) => {
        const { x, y } = at(event);
        props.onMove?.(x, size.width, y, size.height);
        if (!held.current || event.buttons !== 1) return;
        const [dx, dy] = [event.clientX - held.current.x, event.clientY - held.current.y];
        if (!held.current.moved && Math.abs(dx) + Math.abs(dy) < 4) return;
        held.current = { x: event.clientX, y: event.clientY, moved: true };
        props.onDrag?.(dx, dy);
      }}
      onPointerUp={(event) => {
        const { x, y } = at(event);
        if (held.current && !held.current.moved) props.onPick?.(x, y, size.width, size.height);
        held.current = undefined;
      }}
      onPointerLeave={() => {
        props.onMove?.(undefined, size.width, 0, size.height);
      }}
      onWheel={(event) => {
        if (!props.onWheel) return;
        const { x, y } = at(event);
        props.onWheel(event, x, y);
        event.preventDefault();
      }}
    >
      <canvas ref={canvas} aria-hidden="true" class="plot-canvas" />
      {props.children}
    </div>
  );
}

/** Round numbers between two others, few enough for their labels. */
export function ticksBetween(low: number, high: number, most: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high && ticks.length < 50; k++)
    ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** With no more digits than one reads. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(2).replace('e+', 'e');
  return String(Number(value.toPrecision(6)));
}
