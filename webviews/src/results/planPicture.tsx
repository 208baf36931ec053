import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlanNode } from '#shared/protocol/engine.ts';
import type { SourceReveal } from '#shared/protocol/resultsView.ts';
import { consume, isCommand } from '../kit/keyboard.ts';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import { IconButton, Toolbar } from '../kit/toolbar.tsx';
import { essenceOf, heatOf, isExchange, misjudged, type Heat, type Idea } from './planFacts.ts';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  edgePath,
  edgeWidth,
  flowing,
  growPlan,
  rowsPlace,
  rowsText,
  sizeOf,
  type Card,
  type Edge,
  type Flow,
  type Grown,
  type PlanLayout,
} from './planLayout.ts';
import { PlanMap } from './planMap.tsx';
import { isCardIn, isEdgeIn, usePart } from './pictureWindow.ts';
import { StageAreas } from './stageAreas.tsx';
import { cardFacts, clusterText, HERE, type Stages } from './planStages.ts';

const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2];
/** A picture that is wider than this many windows gets a map of itself. */
const MAP_FROM = 1.6;
const LEAST_FIRST_ZOOM = 0.75;

/** A plan as cards that flow from sources to the result. One tab stop; arrows walk along the lines. */
export function PlanPicture(props: {
  readonly label: string;
  readonly root: PlanNode;
  /** Of a physical plan: what a cluster would make of it. */
  readonly stages?: Stages | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (id: string, reveal: SourceReveal) => void;
  readonly onExplain: (idea: Idea) => void;
}) {
  const { root, stages } = props;
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [zoom, setZoom] = useState(1);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [search, setSearch] = useState('');
  const viewport = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const hasFocus = useRef(false);
  // Before a render takes a card away, and the focus with it.
  const keepsFocus = hasFocus.current;
  const whole = useMemo(() => growPlan(root, new Set()), [root]);
  const flow = useMemo(() => flowFor(whole, size), [whole, size]);
  const plan = useMemo(
    () => flowing(collapsed.size === 0 ? whole : growPlan(root, collapsed), flow),
    [root, whole, collapsed, flow],
  );
  const heat = useMemo(() => heatOf(root), [root]);
  const current = plan.cards.find(({ id }) => id === props.selected) ?? plan.cards[0];

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const look = () => {
      const { offsetWidth: width, offsetHeight: height } = element;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  // What nearly fits is shown whole at first.
  useLayoutEffect(() => {
    const fitting = wholeZoom(viewport.current, plan);
    if (fitting >= LEAST_FIRST_ZOOM) setZoom(fitting);
  }, [root, flow, size.width === 0]);
  useLayoutEffect(() => {
    if (current) reveal(viewport.current, current, zoom);
  }, [current?.id, plan, size]);
  const part = usePart(viewport, zoom, size.width > 0, [current?.id, plan, size]);
  useLayoutEffect(() => {
    const element = viewport.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]');
    if (keepsFocus && document.hasFocus() && element !== document.activeElement)
      element?.focus({ preventScroll: true });
  }, [current?.id, plan, size, part]);

  const matches = searched(plan.cards, search);
  const zoomBy = (step: number) => {
    const at = ZOOMS.findIndex((each) => each >= zoom);
    setZoom(ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + step))] ?? 1);
  };
  const fit = () => {
    setZoom(Math.max(0.1, wholeZoom(viewport.current, plan)));
  };
  const toggle = (card: Card) => {
    if (card.node.children.length === 0) return;
    const next = new Set(collapsed);
    if (!next.delete(card.id)) next.add(card.id);
    setCollapsed(next);
  };
  const findNext = (step: number) => {
    if (matches.length === 0) return;
    const at = matches.findIndex(({ id }) => id === current?.id);
    const next = matches[(at + step + matches.length) % matches.length];
    if (next) props.onSelect(next.id, 'visible');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCommand(event, 'f')) {
      field.current?.focus();
      consume(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
    const zooms: Readonly<Record<string, () => void>> = {
      '+': () => {
        zoomBy(1);
      },
      '=': () => {
        zoomBy(1);
      },
      '-': () => {
        zoomBy(-1);
      },
      '0': () => {
        setZoom(1);
      },
      f: fit,
      ' ': () => {
        toggle(current);
      },
      Enter: () => {
        props.onSelect(current.id, 'focus');
      },
    };
    const act = Object.hasOwn(zooms, event.key) ? zooms[event.key] : undefined;
    const target = cardBeside(plan, current, event.key);
    if (act) act();
    else if (target) props.onSelect(target.id, 'visible');
    else return;
    consume(event);
  };

  // Zooming and scrolling draw none of it again but what comes near the window.
  const areas = useMemo(
    () => (stages && stages.exchanges.size > 0 ? <StageAreas plan={plan} stages={stages} /> : null),
    [plan, stages],
  );
  const lines = useMemo(
    () =>
      part ? <Lines plan={plan} edges={plan.edges.filter((edge) => isEdgeIn(edge, part))} /> : null,
    [plan, part],
  );
  const actions = useRef({ select: props.onSelect, toggle });
  actions.current = { select: props.onSelect, toggle };
  const cards = useMemo(
    () =>
      part &&
      plan.cards
        .filter((card) => card.id === current?.id || isCardIn(card, part))
        .map((card) => (
          <PlanCard
            key={card.id}
            card={card}
            heat={heat}
            stages={stages}
            isSelected={card.id === current?.id}
            isMatch={search !== '' && matches.includes(card)}
            onSelect={() => {
              actions.current.select(card.id, 'tab');
            }}
            onToggle={() => {
              actions.current.toggle(card);
            }}
          />
        )),
    [plan, part, heat, stages, current?.id, search],
  );

  return (
    <div class="picture">
      <div class="picture-tools">
        <input
          ref={field}
          class="picture-search"
          type="search"
          aria-label="Find in the plan"
          placeholder="Find in the plan"
          value={search}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') findNext(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') setSearch('');
            else return;
            consume(event);
          }}
        />
        <span class="secondary" role="status">
          {search === '' ? '' : formatQuantity(matches.length, 'match', 'matches')}
        </span>
        <Toolbar label="Picture of the plan">
          <IconButton icon="zoom-out" label="Zoom out" keys="-" onClick={() => zoomBy(-1)} />
          <IconButton icon="zoom-in" label="Zoom in" keys="+" onClick={() => zoomBy(1)} />
          <IconButton icon="screen-full" label="Fit the whole plan" keys="F" onClick={fit} />
        </Toolbar>
      </div>
      {stages ? (
        <p class="picture-cluster">
          <span aria-hidden="true" class="codicon codicon-server-environment" />
          <span class="picture-cluster-text">
            <strong>{HERE}</strong> {clusterText(stages)}{' '}
            <button
              type="button"
              class="link-button"
              onClick={() => {
                props.onExplain('shuffle');
              }}
            >
              About shuffles
            </button>
          </span>
        </p>
      ) : null}
      <div class="picture-frame">
        <div
          ref={viewport}
          class="picture-viewport"
          onKeyDown={onKeyDown}
          onWheel={(event) => {
            if (!event.ctrlKey && !event.metaKey) return;
            zoomBy(event.deltaY < 0 ? 1 : -1);
            consume(event);
          }}
          onPointerDown={pan}
          onFocusIn={() => {
            hasFocus.current = true;
          }}
          onFocusOut={() => {
            hasFocus.current = false;
          }}
        >
          <div
            class="picture-whole"
            style={{ width: `${plan.width * zoom}px`, height: `${plan.height * zoom}px` }}
          >
            <div
              role="tree"
              aria-label={props.label}
              class="picture-plane"
              style={{
                width: `${plan.width}px`,
                height: `${plan.height}px`,
                transform: `scale(${zoom})`,
              }}
            >
              {areas}
              {lines}
              {cards}
            </div>
          </div>
        </div>
        <PlanMap plan={plan} zoom={zoom} viewport={viewport} from={MAP_FROM} />
      </div>
    </div>
  );
}

function Lines(props: { readonly plan: PlanLayout; readonly edges: readonly Edge[] }) {
  const { plan, edges } = props;
  return (
    <svg aria-hidden="true" class="picture-lines" width={plan.width} height={plan.height}>
      {edges.map((edge) => (
        <path
          key={edge.from.id}
          d={edgePath(edge, plan.flow)}
          stroke-width={edgeWidth(edge.rows)}
          class={isExchange(edge.from.node) ? 'picture-line exchanged' : 'picture-line'}
        />
      ))}
      {edges.map((edge) =>
        edge.rows === undefined ? null : (
          <text
            key={edge.from.id}
            class="picture-rows"
            text-anchor="middle"
            {...rowsPlace(edge, plan.flow)}
          >
            {rowsText(edge.rows)}
          </text>
        ),
      )}
    </svg>
  );
}

function PlanCard(props: {
  readonly card: Card;
  readonly heat: Heat;
  readonly stages: Stages | undefined;
  readonly isSelected: boolean;
  readonly isMatch: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}) {
  const { card, heat } = props;
  const { node } = card;
  const { measured } = node;
  const essence = essenceOf(node);
  const factor = misjudged(node);
  const rank = heat.hottest.get(node.id);
  const whole = heat.totalMs || 1;
  const share = (measured?.ownMs ?? 0) / whole;
  const shareWithSources = (heat.withSources.get(node.id) ?? 0) / whole;
  const spilled = node.facts.find(([label]) => label === 'Spilled to disk')?.[1] ?? 'nothing';
  const kinds = [
    'picture-card',
    isExchange(node) ? 'exchange' : '',
    rank === undefined ? '' : `heat-${rank}`,
    props.isMatch ? 'match' : '',
  ];
  return (
    <div
      role="treeitem"
      aria-level={card.level}
      aria-posinset={card.place}
      aria-setsize={card.placeCount}
      aria-selected={props.isSelected}
      aria-expanded={node.children.length === 0 ? undefined : card.hiddenCount === 0}
      tabIndex={props.isSelected ? 0 : -1}
      class={kinds.filter((kind) => kind !== '').join(' ')}
      title={
        isExchange(node) ? `${node.name}: a cluster would send rows here. ${essence}` : essence
      }
      style={{
        left: `${card.x}px`,
        top: `${card.y}px`,
        width: `${CARD_WIDTH}px`,
        height: `${CARD_HEIGHT}px`,
      }}
      onClick={props.onSelect}
      onDblClick={props.onToggle}
    >
      <span class="picture-name">
        <span class="picture-title">{node.name}</span>
        {card.hiddenCount > 0 ? <span class="badge">+{card.hiddenCount}</span> : null}
        {spilled === 'nothing' ? null : (
          <span class="picture-sign" title={`${spilled} did not fit into memory and went to disk`}>
            <span class="codicon codicon-warning" aria-hidden="true" />
            spilled
          </span>
        )}
        {factor === undefined ? null : (
          <span class="picture-sign" title={`The estimate was off by a factor of ${factor}`}>
            <span class="codicon codicon-warning" aria-hidden="true" />
            {formatCount(factor)}×
          </span>
        )}
      </span>
      <span class="picture-essence">{essence}</span>
      <span class="picture-facts">
        {props.stages?.exchanges.has(node.id) ? (
          <span
            class="codicon codicon-server-environment"
            role="img"
            aria-label="On a cluster:"
            title="On a cluster"
          />
        ) : null}
        {cardFacts(node, props.stages).join(' · ')}
      </span>
      {heat.totalMs > 0 ? (
        <span
          class="picture-time"
          title={
            measured?.ownMs === undefined
              ? undefined
              : `${percent(share)} of the time in this step, ${percent(shareWithSources)} with all before it`
          }
        >
          <span class="picture-bar total" style={{ width: percent(shareWithSources) }} />
          <span class="picture-bar" style={{ width: percent(share) }} />
        </span>
      ) : null}
    </div>
  );
}

/** The card that an arrow key leads to: against the flow to the first source, along it to the taker, else to a sibling. */
function cardBeside(plan: PlanLayout, card: Card, key: string): Card | undefined {
  const [toSource, toTaker, before, after] =
    plan.flow === 'right'
      ? ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
      : ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  if (key === 'Home') return plan.cards[0];
  if (key === 'End') return plan.cards.at(-1);
  if (key === toTaker) return plan.cards.find(({ id }) => id === card.parent);
  if (key === toSource) return plan.cards.find(({ parent }) => parent === card.id);
  if (key !== before && key !== after) return undefined;
  const across = ({ x, y }: Card) => (plan.flow === 'right' ? y : x);
  const sameLevel = plan.cards
    .filter(({ level }) => level === card.level)
    .sort((a, b) => across(a) - across(b));
  return sameLevel[sameLevel.indexOf(card) + (key === before ? -1 : 1)];
}

function searched(cards: readonly Card[], text: string): readonly Card[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return cards.filter(({ node }) => `${node.name} ${node.detail}`.toLowerCase().includes(wanted));
}

function reveal(viewport: HTMLElement | null, { x, y }: Card, zoom: number): void {
  if (!viewport) return;
  const edge = 24;
  const near = (at: number, length: number, start: number, size: number) =>
    at < start + edge
      ? at - edge
      : at + length > start + size - edge
        ? at + length - size + edge
        : start;
  const left = near(x * zoom, CARD_WIDTH * zoom, viewport.scrollLeft, viewport.clientWidth);
  const top = near(y * zoom, CARD_HEIGHT * zoom, viewport.scrollTop, viewport.clientHeight);
  viewport.scrollTo({ left, top });
}

/** Drags the picture under the window, from any place that is no card. */
function pan(event: PointerEvent): void {
  const viewport = event.currentTarget as HTMLElement;
  if (event.button !== 0 || (event.target as Element).closest('.picture-card')) return;
  const [left, top] = [viewport.scrollLeft + event.clientX, viewport.scrollTop + event.clientY];
  const move = (next: PointerEvent) => {
    viewport.scrollTo({ left: left - next.clientX, top: top - next.clientY });
  };
  const end = () => {
    viewport.removeEventListener('pointermove', move);
    viewport.classList.remove('panning');
  };
  viewport.setPointerCapture(event.pointerId);
  viewport.classList.add('panning');
  viewport.addEventListener('pointermove', move);
  viewport.addEventListener('pointerup', end, { once: true });
  viewport.addEventListener('pointercancel', end, { once: true });
}

/** The direction in which more of the plan is seen; the usual one where it makes little difference. */
function flowFor(whole: Grown, size: { readonly width: number; readonly height: number }): Flow {
  if (size.width === 0) return 'right';
  const seen = (flow: Flow) => {
    const { width, height } = sizeOf(whole, flow);
    return Math.min(1, size.width / width, size.height / height);
  };
  return seen('down') > 1.2 * seen('right') ? 'down' : 'right';
}

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** At which all of a plan is in the window; 1 at most. */
function wholeZoom(viewport: HTMLElement | null, { width, height }: PlanLayout): number {
  if (!viewport) return 0;
  return Math.min(1, viewport.clientWidth / width, viewport.clientHeight / height);
}
