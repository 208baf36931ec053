import { runMocha } from './runner.ts';

export const run = () => runMocha(() => import('./liveBuffers.test.ts'));
