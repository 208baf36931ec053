/** The tree "Strata Jobs", and the status bar's word on what runs. */
import * as vscode from 'vscode';
import { isUnderWay, type Job, type JobHistory } from './jobHistory.ts';
import { jobDescription, jobFacts, jobLabel, jobName } from './jobText.ts';

export type JobNode =
  | { readonly kind: 'group'; readonly isUnderWay: boolean }
  | { readonly kind: 'job'; readonly id: string };

const ICONS: Readonly<Record<Job['status'], vscode.ThemeIcon>> = {
  queued: new vscode.ThemeIcon('clock'),
  running: new vscode.ThemeIcon('loading~spin'),
  done: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  cancelled: new vscode.ThemeIcon('circle-slash'),
  lost: new vscode.ThemeIcon('debug-disconnect'),
};

export class JobsView implements vscode.TreeDataProvider<JobNode>, vscode.Disposable {
  readonly #history: JobHistory;
  readonly #changed = new vscode.EventEmitter<JobNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tree: vscode.TreeView<JobNode>;
  readonly #item: vscode.StatusBarItem;
  readonly #nodes = new Map<string, JobNode>();
  readonly #groups: Readonly<Record<'now' | 'before', JobNode>> = {
    now: { kind: 'group', isUnderWay: true },
    before: { kind: 'group', isUnderWay: false },
  };
  readonly #subscription: { dispose(): void };

  constructor(history: JobHistory) {
    this.#history = history;
    this.#tree = vscode.window.createTreeView('strata.jobs', { treeDataProvider: this });
    this.#item = vscode.window.createStatusBarItem('strata.jobs', vscode.StatusBarAlignment.Left);
    this.#item.name = 'Strata jobs';
    this.#item.command = 'strata.jobs.focus';
    this.#subscription = history.onChanged((job) => {
      // A job that goes on redraws its line; one that ends changes its group.
      this.#changed.fire(job && isUnderWay(job.status) ? this.#nodeOf(job) : undefined);
      this.#say();
    });
    this.#say();
  }

  getChildren(node?: JobNode): JobNode[] {
    if (!node) {
      const jobs = this.#history.list();
      return [this.#groups.now, this.#groups.before].filter(
        (group) =>
          group.kind === 'group' &&
          jobs.some(({ status }) => isUnderWay(status) === group.isUnderWay),
      );
    }
    return node.kind === 'group' ? this.#jobsIn(node).map((job) => this.#nodeOf(job)) : [];
  }

  getParent(node: JobNode): JobNode | undefined {
    if (node.kind === 'group') return undefined;
    const job = this.#history.byId(node.id);
    return job && isUnderWay(job.status) ? this.#groups.now : this.#groups.before;
  }

  getTreeItem(node: JobNode): vscode.TreeItem {
    if (node.kind === 'group') {
      const label = node.isUnderWay ? 'Under way' : 'Before';
      const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
      item.description = String(this.#jobsIn(node).length);
      return item;
    }
    const job = this.#history.byId(node.id);
    if (!job) return new vscode.TreeItem('');
    const item = new vscode.TreeItem(jobLabel(job));
    item.id = job.id;
    item.description = jobDescription(job);
    item.iconPath = ICONS[job.status];
    item.contextValue = `job ${job.isElsewhere ? 'elsewhere' : isUnderWay(job.status) ? 'underWay' : 'over'}`;
    item.accessibilityInformation = { label: jobName(job) };
    const tooltip = new vscode.MarkdownString(
      jobFacts(job)
        .map((fact) => escaped(fact))
        .join('  \n'),
    );
    tooltip.appendCodeblock(job.text.slice(0, 2000), 'spark-sql');
    item.tooltip = tooltip;
    item.command = { command: 'strata.openJobResult', title: 'Open Result', arguments: [node] };
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#tree.dispose();
    this.#item.dispose();
    this.#changed.dispose();
  }

  #jobsIn(group: Extract<JobNode, { kind: 'group' }>): readonly Job[] {
    return this.#history.list().filter(({ status }) => isUnderWay(status) === group.isUnderWay);
  }

  /** One object a job, by which VS Code knows its line again. */
  #nodeOf({ id }: Job): JobNode {
    const known = this.#nodes.get(id);
    if (known) return known;
    const node: JobNode = { kind: 'job', id };
    this.#nodes.set(id, node);
    return node;
  }

  #say(): void {
    const underWay = this.#jobsIn({ kind: 'group', isUnderWay: true }).filter(
      ({ isElsewhere }) => !isElsewhere,
    );
    const [job] = underWay.filter(({ status }) => status === 'running');
    this.#tree.badge = underWay.length
      ? { value: underWay.length, tooltip: `${underWay.length} under way` }
      : undefined;
    if (!job) {
      this.#item.hide();
      return;
    }
    const more = underWay.length > 1 ? ` (+${underWay.length - 1})` : '';
    this.#item.text = `$(loading~spin) ${job.title.slice(0, 40)}${more}`;
    this.#item.tooltip = jobDescription(job);
    this.#item.accessibilityInformation = {
      label: `Strata runs ${job.title}, ${jobDescription(job)}${more}`,
    };
    this.#item.show();
  }
}

const escaped = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
