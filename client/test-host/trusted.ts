import { runMocha } from './runner.ts';

export const run = () =>
  runMocha(async () => {
    await import('./extension.test.ts');
    await import('./adoption.test.ts');
    await import('./panels.test.ts');
    await import('./comparing.test.ts');
    await import('./virtualFiles.test.ts');
    await import('./bufferEditing.test.ts');
    await import('./queries.test.ts');
    await import('./tables.test.ts');
    await import('./sqlEditor.test.ts');
    await import('./dataMenus.test.ts');
    await import('./planSource.test.ts');
    await import('./frames.test.ts');
    await import('./course.test.ts');
    await import('./jobs.test.ts');
    await import('./killMatrix.test.ts');
    await import('./missingLibrary.test.ts');
  });
