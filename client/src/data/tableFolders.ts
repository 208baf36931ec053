/** Which folders are tables: those that Spark and its like write, in parts and partitions. Pure. */

interface FolderOf<File> {
  /** With `/`, from where the files are counted; empty for the top. */
  readonly folder: string;
  readonly files: readonly File[];
  /** Its files are parts of one table, as their names or those of their folders say. */
  readonly isTable: boolean;
}

/** `path` has `/` and begins at the top. Folders and files in the order of their paths. */
export function groupFolders<File extends { readonly path: string; readonly format: string }>(
  files: readonly File[],
): readonly FolderOf<File>[] {
  const groups = new Map<string, File[]>();
  const partitioned = new Set<string>();
  for (const file of files) {
    const segments = file.path.split('/').slice(0, -1);
    const all = segments.length;
    while (isPartition(segments.at(-1))) segments.pop();
    const folder = segments.join('/');
    if (segments.length < all) partitioned.add(folder);
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  return [...groups].map(([folder, own]) => {
    const isUniform = new Set(own.map(({ format }) => format)).size === 1;
    const isParts = own.every(({ path }) => /(^|\/)part-[^/]*$/.test(path));
    return {
      folder,
      files: own,
      isTable: isUniform && folder !== '' && (partitioned.has(folder) || isParts),
    };
  });
}

/** `year=2024` */
function isPartition(segment: string | undefined): boolean {
  return segment !== undefined && /^[^=]+=/.test(segment);
}
