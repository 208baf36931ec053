// An engine for tests of its supervision. Obeys the text of a query: `rows N`, `die`, `wait`, `fail`; `set NAME`
// changes the session, `poison NAME` as well but kills its second process, and `names` fails with what was set.
// A result that is arranged has half as many rows, and fails at a column called `misspelt`.
// FAKE_KEPT names the file that results are kept in.
// FAKE_ENGINE=unavailable refuses at hello; FAKE_ENGINE=dieAtHello dies there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const say = (message) => process.send(message);
const reply = (id, value) => say({ wire: 'reply', id, reply: { ok: true, value } });
const refuse = (id, error) => say({ wire: 'reply', id, reply: { ok: false, error } });
const rows = new Map();
const views = [];
const names = [];
const kept = () => {
  const path = process.env.FAKE_KEPT;
  return path && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
};
const keep = (all) => writeFileSync(process.env.FAKE_KEPT, JSON.stringify(all));
process.on('message', ({ wire, id, method, params }) => {
  if (wire === 'cancel') return;
  switch (method) {
    case 'hello':
      if (process.env.FAKE_ENGINE === 'unavailable')
        return refuse(id, { kind: 'unavailable', message: 'no library' });
      if (process.env.FAKE_ENGINE === 'dieAtHello') return process.kill(process.pid, 'SIGKILL');
      return reply(id, { engine: 'fake 1', platform: 'test', pid: process.pid });
    case 'openSession':
      return reply(id, {});
    case 'defineView':
      views.push(params.view.name);
      return reply(id, { schema: [] });
    case 'runQuery': {
      const text = params.statement ?? params.text;
      const [verb, count] = text.replace(/^SELECT /, '').split(' ');
      if (verb === 'die') return process.kill(process.pid, 'SIGKILL');
      if (verb === 'poison' && process.env.FAKE_POISON && existsSync(process.env.FAKE_POISON))
        return process.kill(process.pid, 'SIGKILL');
      if (verb === 'poison') writeFileSync(process.env.FAKE_POISON, '');
      if (verb === 'set' || verb === 'poison') {
        names.push(count);
        rows.set(id, 0);
        return reply(id, { resultId: id, schema: [], restoredBy: params.text });
      }
      if (verb === 'names')
        return refuse(id, { kind: 'spark', class: 'NAMES', message: `${names} ${views}` });
      if (verb === 'wait')
        return say({ wire: 'event', name: 'progress', event: { percent: 5, tag: params.tag } });
      if (verb === 'fail')
        return refuse(id, { kind: 'spark', class: 'PARSE_SYNTAX_ERROR', message: views.join() });
      rows.set(id, Number(count));
      return reply(id, {
        resultId: id,
        ...(process.env.FAKE_KEPT ? { keptId: `kept-${process.pid}-${id}` } : {}),
        schema: [{ name: 'n', type: 'int', nullable: false }],
      });
    }
    case 'keepResult': {
      const rowCount = rows.get(params.resultId) ?? 0;
      if (rowCount === 999)
        return refuse(id, { kind: 'spark', class: 'DIVIDE_BY_ZERO', message: 'late' });
      const keptId = `kept-${process.pid}-${params.resultId}`;
      if (process.env.FAKE_KEPT) keep({ ...kept(), [keptId]: rowCount });
      return reply(id, { rowCount, complete: true, byteLength: 0 });
    }
    case 'openResult': {
      const rowCount = kept()[params.keptId];
      if (rowCount === undefined) return refuse(id, { kind: 'gone' });
      rows.set(id, rowCount);
      return reply(id, { resultId: id, schema: [], state: { rowCount, complete: true } });
    }
    case 'arrangeResult': {
      const start = params.arrangement.where.indexOf('misspelt');
      if (start >= 0)
        return refuse(id, { kind: 'spark', class: 'UNRESOLVED', start, end: start + 8 });
      const rowCount = (rows.get(params.resultId) ?? 0) / 2;
      rows.set(id, rowCount);
      return reply(id, { resultId: id, state: { rowCount, complete: true, byteLength: 0 } });
    }
    case 'readRows': {
      const total = rows.get(params.resultId);
      if (total === undefined) return refuse(id, { kind: 'gone' });
      const rowCount = Math.max(0, Math.min(params.count, total - params.start));
      const knownRowCount = params.start + rowCount;
      return reply(id, {
        start: params.start,
        rowCount,
        arrow: new ArrayBuffer(0),
        knownRowCount,
        complete: knownRowCount === total,
      });
    }
    default:
      return reply(id, {});
  }
});
process.on('disconnect', () => process.exit(0));
