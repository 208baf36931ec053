import { runMocha } from './runner.ts';

export const run = () => runMocha(() => import('./coexistence.test.ts'));
