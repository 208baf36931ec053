/** "Create Course Workspace": every file that the course names, in a folder of the user's, which then opens. */
import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';
import { copyCourseFiles } from './courseFiles.ts';
import { courseNotWritten, courseWritten } from './courseText.ts';

/** From a keybinding or a test: the folder, as a Uri. */
export async function createCourseWorkspace(
  workbench: Workbench,
  given?: unknown,
): Promise<readonly string[] | undefined> {
  const folder = given instanceof vscode.Uri ? given : await chooseFolder();
  if (!folder) return undefined;
  const examples = vscode.Uri.joinPath(workbench.context.extensionUri, 'examples');
  let copy;
  try {
    copy = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Writing the files of the course',
        cancellable: true,
      },
      (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        let before = 0;
        const report = (done: number, total: number) => {
          progress.report({ increment: ((done - before) / total) * 100 });
          before = done;
        };
        return copyCourseFiles(examples, folder, report, stop.signal);
      },
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    const { code = '', message = String(error) } = error as { code?: string; message?: string };
    workbench.messages.show({
      id: 'course.notWritten',
      severity: 'error',
      text: courseNotWritten(nameOf(folder), code, message),
      button: { label: 'Choose Another Folder…', run: () => createCourseWorkspace(workbench) },
    });
    return undefined;
  }
  const { written, kept } = copy;
  await vscode.commands.executeCommand('setContext', 'strata.tried.course', true);
  const isOpen = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  workbench.messages.show({
    id: 'course.written',
    severity: 'info',
    text: courseWritten(nameOf(folder), written, kept),
    button: isOpen
      ? { label: 'Show README', run: () => showReadme(folder) }
      : {
          label: 'Open Folder',
          run: () => vscode.commands.executeCommand('vscode.openFolder', folder),
        },
  });
  return written;
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const open = vscode.workspace.workspaceFolders?.[0];
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Write Files Here',
    title: 'Folder for the files of the course',
    ...(open ? { defaultUri: open.uri } : {}),
  });
  return chosen?.[0];
}

const nameOf = (folder: vscode.Uri) => vscode.workspace.asRelativePath(folder);

const showReadme = (folder: vscode.Uri) =>
  vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, 'README.md'));
