/** The exercises of the course in VS Code's Testing view, where the workspace has their files. */
import * as vscode from 'vscode';
import { strataCli } from '../adoption/strataCli.ts';
import type { Workbench } from '../workbench.ts';
import { exercises, type ExerciseCheck, type Tools } from './exercises.ts';

/** The file that tells a course's folder from any other. */
const MARK = '**/exercises/1_gradual_typing/report.py';

export function registerExercises(workbench: Workbench): vscode.Disposable {
  const controller = vscode.tests.createTestController('strata.course', 'Strata course');
  const checks = new WeakMap<vscode.TestItem, { folder: vscode.Uri; check: ExerciseCheck }>();
  const refresh = async () => {
    const marks = await vscode.workspace.findFiles(MARK, '**/node_modules/**', 10);
    controller.items.replace(
      marks.map((mark) => courseItem(vscode.Uri.joinPath(mark, '../../..'))),
    );
  };
  function courseItem(folder: vscode.Uri): vscode.TestItem {
    const course = controller.createTestItem(folder.toString(), 'Exercises of the course', folder);
    course.description = vscode.workspace.asRelativePath(folder);
    for (const exercise of exercises) {
      const item = controller.createTestItem(exercise.id, exercise.title);
      for (const check of exercise.checks) {
        const file = vscode.Uri.joinPath(folder, check.file);
        const child = controller.createTestItem(check.id, check.title, file);
        checks.set(child, { folder, check });
        item.children.add(child);
      }
      course.children.add(item);
    }
    return course;
  }
  // Asked when somebody looks at the Testing view, and not before.
  controller.resolveHandler = (item) => (item ? undefined : refresh());
  controller.refreshHandler = refresh;
  controller.createRunProfile(
    'Check exercises',
    vscode.TestRunProfileKind.Run,
    (request, token) => runChecks(request, token),
    true,
  );

  async function runChecks(request: vscode.TestRunRequest, token: vscode.CancellationToken) {
    const run = controller.createTestRun(request);
    const wanted = leaves(request.include ?? [...controller.items].map(([, item]) => item));
    const left = new Set(request.exclude);
    for (const item of wanted) {
      const entry = checks.get(item);
      if (!entry || left.has(item)) continue;
      if (token.isCancellationRequested) {
        run.skipped(item);
        continue;
      }
      run.started(item);
      const began = performance.now();
      try {
        const missing = await entry.check.missing(toolsFor(workbench, entry.folder));
        const ms = performance.now() - began;
        if (missing === undefined) run.passed(item, ms);
        else run.failed(item, new vscode.TestMessage(missing), ms);
      } catch (error) {
        run.errored(item, new vscode.TestMessage(String(error)));
      }
    }
    run.end();
  }

  const watcher = vscode.workspace.createFileSystemWatcher(MARK, false, true, false);
  watcher.onDidCreate(refresh);
  watcher.onDidDelete(refresh);
  return vscode.Disposable.from(controller, watcher);
}

function leaves(items: readonly vscode.TestItem[]): readonly vscode.TestItem[] {
  return items.flatMap((item) =>
    item.children.size === 0 ? [item] : leaves([...item.children].map(([, child]) => child)),
  );
}

/** What the checks may do in a folder; `strata` sees the files as they are on disk. */
function toolsFor(workbench: Workbench, folder: vscode.Uri): Tools {
  return {
    strata: async (args) => {
      await vscode.workspace.saveAll(false);
      return strataCli(workbench, args, folder.fsPath);
    },
    read: async (path) => {
      try {
        const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, path));
        return new TextDecoder().decode(bytes);
      } catch {
        return undefined;
      }
    },
    list: async (path) => {
      try {
        const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, path));
        return entries.map(([name]) => name);
      } catch {
        return [];
      }
    },
  };
}
