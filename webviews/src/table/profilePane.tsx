import { useEffect } from 'preact/hooks';
import { backquoted, stringLiteral } from '#shared/protocol/arrangement.ts';
import type { Field } from '#shared/protocol/engine.ts';
import { countWithShare, profileFacts } from '#shared/protocol/profileFacts.ts';
import type { ColumnProfile } from '#shared/protocol/tables.ts';
import { failureText } from '../kit/failureText.ts';
import { formatQuantity } from '#shared/quantities.ts';
import { Banner, LoadingState } from '../kit/states.tsx';
import { IconButton } from '../kit/toolbar.tsx';
import type { TableModel } from './tableModel.ts';

/** What the selected column holds, of the rows that are shown. */
export function ProfilePane(props: { readonly model: TableModel }) {
  const { model } = props;
  const { column } = model.rows.selection.value.active;
  const field = model.rows.schema.value[column];
  const { where, search } = model.arranging.shown.value;
  useEffect(() => {
    // Where the selection runs over columns, only the one it stays at is asked for.
    const timer = setTimeout(() => {
      model.wantProfile();
    }, 150);
    return () => {
      clearTimeout(timer);
    };
  }, [column, where, search, model.table.value?.isSampled, model.table.value?.schema]);
  if (field === undefined) return null;
  const state = model.profile.value;
  return (
    <section class="profile" aria-label={`Profile of ${field.name}`} data-pane>
      <div class="pane-bar">
        <h2 class="profile-name" title={field.name}>
          {field.name}
        </h2>
        <span class="secondary profile-type">{field.type}</span>
        <span class="bar-end">
          <IconButton
            icon="close"
            label="Close the profile"
            onClick={() => {
              model.toggleProfile();
            }}
          />
        </span>
      </div>
      {state.kind === 'loading' ? (
        <LoadingState label={`Looking through ${field.name}`} />
      ) : state.kind === 'failed' ? (
        <Banner
          severity="error"
          text={`${failureText(state.failure).title}: ${failureText(state.failure).message}`}
          action={{
            label: 'Try again',
            onClick: () => {
              model.wantProfile();
            },
          }}
        />
      ) : (
        <Facts model={model} field={field} profile={state.profile} />
      )}
    </section>
  );
}

function Facts(props: {
  readonly model: TableModel;
  readonly field: Field;
  readonly profile: ColumnProfile;
}) {
  const { model, field, profile } = props;
  return (
    <div class="profile-body" tabIndex={0} role="group" aria-label="Facts">
      <dl class="profile-facts">
        {profileFacts(profile).map(([label, value]) => (
          <div key={label} class="profile-fact">
            <dt>{label}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
      {profile.histogram && profile.histogram.length > 0 ? (
        <Histogram field={field} profile={profile} bins={profile.histogram} />
      ) : null}
      {profile.frequent && profile.frequent.length > 0 ? (
        <Frequent model={model} field={field} profile={profile} values={profile.frequent} />
      ) : null}
    </div>
  );
}

function Histogram(props: {
  readonly field: Field;
  readonly profile: ColumnProfile;
  readonly bins: readonly number[];
}) {
  const { bins, profile } = props;
  const most = Math.max(...bins, 1);
  const fullest = bins.indexOf(most) + 1;
  return (
    <figure class="histogram">
      <div
        role="img"
        class="histogram-bars"
        aria-label={`${bins.length} intervals from ${profile.min ?? ''} to ${profile.max ?? ''}; the ${fullest}. holds most, ${formatQuantity(most, 'row')}`}
      >
        {bins.map((count, index) => (
          <span
            key={index}
            class="histogram-slot"
            title={`Interval ${index + 1} of ${bins.length}: ${formatQuantity(count, 'row')}`}
          >
            <span
              class="histogram-bar"
              style={{ height: `${count === 0 ? 0 : Math.max(2, (100 * count) / most)}%` }}
            />
          </span>
        ))}
      </div>
      <figcaption class="histogram-range">
        <span>{profile.min}</span>
        <span>{profile.max}</span>
      </figcaption>
    </figure>
  );
}

function Frequent(props: {
  readonly model: TableModel;
  readonly field: Field;
  readonly profile: ColumnProfile;
  readonly values: readonly { readonly text: string; readonly count: number }[];
}) {
  const { model, field, profile, values } = props;
  const most = values[0]?.count ?? 1;
  const filter = (text: string) => {
    const { where } = model.arranging.wanted.value;
    const literal = field.type === 'boolean' ? text : stringLiteral(text);
    const condition = `${backquoted(field.name)} = ${literal}`;
    model.arranging.change({
      where: where.trim() === '' ? condition : `(${where}) AND ${condition}`,
    });
  };
  return (
    <>
      <h3 class="profile-heading">Most frequent</h3>
      <ul class="frequent">
        {values.map(({ text, count }) => (
          <li key={text}>
            <button
              type="button"
              class="frequent-value"
              title={`${text}\nFilter by this value`}
              onClick={() => {
                filter(text);
              }}
            >
              <span
                aria-hidden="true"
                class="frequent-bar"
                style={{ width: `${(100 * count) / most}%` }}
              />
              <span class="frequent-text">{text === '' ? '""' : text}</span>
              <span class="frequent-count">{countWithShare(count, profile.rowCount)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
