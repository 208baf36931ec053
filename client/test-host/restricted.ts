import { runMocha } from './runner.ts';

export const run = () => runMocha(() => import('./restricted.test.ts'));
