import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';
import { createCourseWorkspace } from '../course/createCourseWorkspace.ts';
import { explainIdea } from '../course/explainIdea.ts';
import { tryExample } from '../course/tryExample.ts';
import {
  cancelJob,
  clearJobs,
  openJobPlan,
  openJobQuery,
  openJobResult,
  removeJob,
  revealJobSource,
  runJobAgain,
  searchJobs,
} from '../jobs/jobCommands.ts';
import {
  addAsView,
  copySchemaAsDdl,
  copySchemaAsJson,
  copySchemaAsStructType,
  openData,
  openViewsFile,
  previewData,
  queryData,
  refreshData,
  removeView,
  renameView,
  showStatistics,
} from '../data/dataCommands.ts';
import { explainSql, profileSql, runSql } from '../queries/runSql.ts';
import { changeParameters } from '../queries/statementsToRun.ts';
import { acceptFindings } from './acceptFindings.ts';
import { cancelQuery } from './cancelQuery.ts';
import { chooseTypeChecker } from './chooseTypeChecker.ts';
import { climbTypingLevel } from './climbTypingLevel.ts';
import { compareWithHead, compareWithSelected, selectForCompare } from './compareBuffers.ts';
import { refreshCoverage, toggleCoverageMarks } from './coverageCommands.ts';
import { copyAsPySpark, copyAsSql } from './copyAs.ts';
import { inspectBuffer } from './inspectBuffer.ts';
import { openInInspector } from './openInInspector.ts';
import { reloadTable } from './reloadTable.ts';
import { restartEngine } from './restartEngine.ts';
import { restartLanguageServer } from './restartLanguageServer.ts';
import { lookAtFrame, runPySparkFile } from './runPySparkFile.ts';
import { runSqlOnFile } from './runSqlOnFile.ts';
import { showDiagnosticsReport } from './showDiagnosticsReport.ts';
import { showOutput } from './showOutput.ts';
import { goToCell } from './goToCell.ts';
import { showResults } from './showResults.ts';
import { timeCopy } from './timeCopy.ts';

/** A command is a function of the workbench and of what VS Code passes, which is not to be trusted. */
export type Command = (workbench: Workbench, ...args: readonly unknown[]) => unknown;

const commands: Readonly<Record<string, Command>> = {
  'strata.runSqlOnFile': runSqlOnFile,
  'strata.runSql': runSql,
  'strata.explainSql': explainSql,
  'strata.profileSql': profileSql,
  'strata.changeParameters': changeParameters,
  'strata.queryData': queryData,
  'strata.previewData': previewData,
  'strata.showStatistics': showStatistics,
  'strata.addAsView': addAsView,
  'strata.removeView': removeView,
  'strata.renameView': renameView,
  'strata.openViewsFile': openViewsFile,
  'strata.openData': openData,
  'strata.refreshData': refreshData,
  'strata.copySchemaAsDdl': copySchemaAsDdl,
  'strata.copySchemaAsStructType': copySchemaAsStructType,
  'strata.copySchemaAsJson': copySchemaAsJson,
  'strata.runPySparkFile': runPySparkFile,
  'strata.lookAtFrame': lookAtFrame,
  'strata.copyAsSql': copyAsSql,
  'strata.copyAsPySpark': copyAsPySpark,
  'strata.showResults': showResults,
  'strata.cancelQuery': cancelQuery,
  'strata.goToCell': goToCell,
  'strata.reloadTable': reloadTable,
  'strata.openInInspector': openInInspector,
  'strata.inspectBuffer': inspectBuffer,
  'strata.timeCopy': timeCopy,
  'strata.selectForCompare': selectForCompare,
  'strata.compareWithSelected': compareWithSelected,
  'strata.compareWithHead': compareWithHead,
  'strata.chooseTypeChecker': chooseTypeChecker,
  'strata.climbTypingLevel': climbTypingLevel,
  'strata.acceptFindings': acceptFindings,
  'strata.refreshCoverage': refreshCoverage,
  'strata.toggleCoverageMarks': toggleCoverageMarks,
  'strata.cancelJob': cancelJob,
  'strata.runJobAgain': runJobAgain,
  'strata.openJobResult': openJobResult,
  'strata.openJobPlan': openJobPlan,
  'strata.openJobQuery': openJobQuery,
  'strata.revealJobSource': revealJobSource,
  'strata.searchJobs': searchJobs,
  'strata.removeJob': removeJob,
  'strata.clearJobs': clearJobs,
  'strata.createCourseWorkspace': createCourseWorkspace,
  'strata.explainIdea': explainIdea,
  'strata.tryExample': tryExample,
  'strata.restartLanguageServer': restartLanguageServer,
  'strata.restartEngine': restartEngine,
  'strata.showOutput': showOutput,
  'strata.showDiagnosticsReport': showDiagnosticsReport,
};

export function registerCommands(workbench: Workbench): readonly vscode.Disposable[] {
  return Object.entries(commands).map(([id, command]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => command(workbench, ...args)),
  );
}
