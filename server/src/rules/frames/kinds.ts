/**
 * Which expressions are certainly DataFrames, Columns or sessions, by imports, annotations and the calls that made
 * them, also where no value is known. Silent on doubt: undefined.
 */
import type { SyntaxNode } from '@lezer/common';
import { frameMethods } from '../../frames/frameMethods.ts';
import { isSparkFunction } from '../../frames/functions.ts';
import type { ScriptReading } from '../../frames/reading.ts';
import type { PythonModule } from '../../python/module.ts';
import { assignedValue } from '../../python/constants.ts';
import { importedName, onlyBinding } from '../../python/module.ts';

export type Kind = 'frame' | 'column' | 'session' | 'reader' | 'grouped' | 'pandas';

const MAX_STEPS = 40;

export class Kinds {
  private readonly module: PythonModule;
  private readonly reading: ScriptReading;
  private readonly known = new Map<string, Kind | undefined>();

  constructor(module: PythonModule, reading: ScriptReading) {
    this.module = module;
    this.reading = reading;
  }

  of(node: SyntaxNode, steps = MAX_STEPS): Kind | undefined {
    if (steps === 0) return undefined;
    const key = `${node.from}:${node.to}:${node.name}`;
    if (this.known.has(key)) return this.known.get(key);
    const kind = this.find(node, steps);
    this.known.set(key, kind);
    return kind;
  }

  private find(node: SyntaxNode, steps: number): Kind | undefined {
    const value = this.reading.valueOf(node);
    switch (value?.kind) {
      case 'frame':
      case 'session':
      case 'reader':
      case 'grouped':
      case 'column':
        return value.kind;
      case 'condition':
        return 'column';
      default:
        return this.bySyntax(node, steps - 1);
    }
  }

  /** The name of the pyspark function that is called here. */
  functionCalled(node: SyntaxNode): string | undefined {
    const callee = node.name === 'CallExpression' ? node.firstChild : undefined;
    return callee ? this.functionNamed(callee) : undefined;
  }

  /** `upper` of `F.upper` and of `upper`. */
  functionNamed(callee: SyntaxNode): string | undefined {
    const imported = importedName(this.module, callee);
    if (imported?.module === 'pyspark.sql.functions') return imported.member;
    // `from pyspark.sql import functions as F` imports a member that is a module.
    if (callee.name === 'MemberExpression') {
      const [object, property] = [callee.firstChild, callee.getChild('PropertyName')];
      const outer = object ? importedName(this.module, object) : undefined;
      if (property && outer?.module === 'pyspark.sql' && outer.member === 'functions')
        return this.module.textOf(property);
    }
    return undefined;
  }

  private bySyntax(node: SyntaxNode, steps: number): Kind | undefined {
    switch (node.name) {
      case 'ParenthesizedExpression': {
        const inner = node.firstChild?.nextSibling;
        return inner ? this.of(inner, steps) : undefined;
      }
      case 'VariableName':
        return this.ofName(node, steps);
      case 'CallExpression':
        return this.ofCall(node, steps);
      case 'MemberExpression':
        return this.ofMember(node, steps);
      case 'UnaryExpression': {
        const operator = node.firstChild ? this.module.textOf(node.firstChild) : '';
        const operand = node.lastChild;
        return operator !== 'not' && operand && this.of(operand, steps) === 'column'
          ? 'column'
          : undefined;
      }
      case 'BinaryExpression': {
        const [left, right] = [node.firstChild, node.lastChild];
        if (!left || !right || isLogical(this.module, node)) return undefined;
        const isColumn = [left, right].some((side) => this.of(side, steps) === 'column');
        return isColumn ? 'column' : undefined;
      }
      default:
        return undefined;
    }
  }

  private ofName(node: SyntaxNode, steps: number): Kind | undefined {
    const name = this.module.textOf(node);
    const value = assignedValue(this.module, node);
    if (value) return this.of(value, steps);
    const only = onlyBinding(this.module, node);
    if (only?.binding.kind === 'other') return this.ofParameter(node, name);
    return undefined;
  }

  /** `def f(df: DataFrame)`. */
  private ofParameter(node: SyntaxNode, name: string): Kind | undefined {
    for (let at: SyntaxNode | null = node; at; at = at.parent) {
      if (at.name !== 'FunctionDefinition') continue;
      const list = at.getChild('ParamList');
      for (let child = list?.firstChild; child; child = child.nextSibling) {
        if (child.name !== 'VariableName' || this.module.textOf(child) !== name) continue;
        const annotation = child.nextSibling?.name === 'TypeDef' ? child.nextSibling : undefined;
        const type = annotation?.lastChild;
        return type ? this.ofAnnotation(type) : undefined;
      }
    }
    return undefined;
  }

  private ofAnnotation(type: SyntaxNode): Kind | undefined {
    const imported = importedName(this.module, type);
    if (!imported) return undefined;
    const path = `${imported.module}.${imported.member}`;
    if (/^pyspark\.sql\.(?:dataframe\.)?DataFrame$/.test(path)) return 'frame';
    if (/^pyspark\.sql\.(?:column\.)?Column$/.test(path)) return 'column';
    if (/^pyspark\.sql\.(?:session\.)?SparkSession$/.test(path)) return 'session';
    return path === 'pandas.DataFrame' ? 'pandas' : undefined;
  }

  private ofCall(node: SyntaxNode, steps: number): Kind | undefined {
    const callee = node.firstChild;
    if (!callee) return undefined;
    const name = this.functionNamed(callee);
    if (name !== undefined) {
      if (name === 'broadcast') return 'frame';
      return isSparkFunction(name) && !/^(?:asc|desc)/.test(name) ? 'column' : undefined;
    }
    const imported = importedName(this.module, callee);
    if (imported?.module === 'pandas' && /^(?:DataFrame|read_\w+)$/.test(imported.member))
      return 'pandas';
    if (callee.name !== 'MemberExpression') return undefined;
    const [object, property] = [callee.firstChild, callee.getChild('PropertyName')];
    if (!object || !property) return undefined;
    const method = this.module.textOf(property);
    if (method === 'getOrCreate' && this.isBuilder(object)) return 'session';
    return afterMethod(this.of(object, steps), method);
  }

  private isBuilder(node: SyntaxNode): boolean {
    return /^SparkSession\s*\.\s*builder\b/.test(
      this.module
        .textOf(node)
        .replace(/[\\\n]/g, ' ')
        .trim(),
    );
  }

  private ofMember(node: SyntaxNode, steps: number): Kind | undefined {
    const object = node.firstChild;
    const property = node.getChild('PropertyName');
    if (!object) return undefined;
    const kind = this.of(object, steps);
    if (property) {
      const name = this.module.textOf(property);
      if (kind === 'session') return name === 'read' ? 'reader' : undefined;
      return kind === 'frame' && !isFrameAttribute(name) ? 'column' : undefined;
    }
    const index = object.nextSibling?.nextSibling;
    if (kind === 'column') return 'column';
    return kind === 'frame' && index?.name === 'String' ? 'column' : undefined;
  }
}

const notColumns = new Set(
  'na stat write writeStream columns dtypes schema rdd isStreaming storageLevel sparkSession sql_ctx is_cached plot executionInfo isEmpty'.split(
    ' ',
  ),
);
const otherMethods = new Set(
  'foreach foreachPartition toJSON toDF writeTo mapInPandas mapInArrow pandas_api inputFiles observe sampleBy freqItems to transpose semanticHash sameSemantics registerTempTable withWatermark withMetadata metadataColumn asTable scalar exists lateralJoin mergeInto localCheckpoint checkpoint toArrow'.split(
    ' ',
  ),
);

export function isFrameAttribute(name: string): boolean {
  return (
    name in frameMethods || notColumns.has(name) || otherMethods.has(name) || name.startsWith('_')
  );
}

const actions = new Set(
  'show collect count first head take tail toPandas printSchema explain isEmpty foreach foreachPartition toLocalIterator toJSON toArrow corr cov approxQuantile inputFiles createOrReplaceTempView createTempView createGlobalTempView createOrReplaceGlobalTempView registerTempTable colRegex randomSplit groupBy groupby rollup cube groupingSets writeTo observe'.split(
    ' ',
  ),
);

function afterMethod(kind: Kind | undefined, method: string): Kind | undefined {
  switch (kind) {
    case 'frame':
      if (/^(?:groupBy|groupby|rollup|cube)$/.test(method)) return 'grouped';
      return method in frameMethods && !actions.has(method) ? 'frame' : undefined;
    case 'grouped':
      if (method === 'pivot') return 'grouped';
      return /^(?:agg|count|sum|avg|mean|min|max)$/.test(method) ? 'frame' : undefined;
    case 'session':
      return /^(?:sql|table|range|createDataFrame)$/.test(method) ? 'frame' : undefined;
    case 'reader':
      if (/^(?:option|options|schema|format)$/.test(method)) return 'reader';
      return /^(?:csv|json|parquet|orc|text|load|table|jdbc)$/.test(method) ? 'frame' : undefined;
    case 'column':
      return /^(?:asc|desc)/.test(method) ? undefined : 'column';
    default:
      return undefined;
  }
}

export function isLogical(module: PythonModule, node: SyntaxNode): boolean {
  const operator = node.firstChild?.nextSibling;
  return (
    operator !== null &&
    operator !== undefined &&
    /^(?:and|or|in|not|is)$/.test(module.textOf(operator))
  );
}
