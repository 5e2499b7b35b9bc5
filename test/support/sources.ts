import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const skipped = new Set(["node_modules", "dist", ".cache", ".git", ".data", "coverage"]);

export interface SourceFile {
  /** Path from the repository root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Top-level folder, e.g. `service`. */
  readonly room: string;
}

/** Every TypeScript file under the given top-level folders. */
export function sources(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) => walk(join(root, folder))).map(read);
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

function read(path: string): SourceFile {
  const local = relative(root, path).replaceAll("\\", "/");
  return { path: local, text: readFileSync(path, "utf8"), room: local.split("/")[0] ?? "" };
}

/** The module names that a file imports or re-exports, as written; dynamic imports included. */
export function importsOf(file: SourceFile): string[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map((entry) => entry.fileName);
}

/** The same, relative ones resolved to paths from the root. */
export function resolvedImportsOf(file: SourceFile): string[] {
  return importsOf(file).map((name) =>
    name.startsWith(".") ? join(dirname(file.path), name).replaceAll("\\", "/") : name,
  );
}

/** The text of a file without its comments; one that stands behind code on its line stays. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

/** The entries and all that they import, files and packages, by whatever way. */
export function reachedFrom(entries: readonly string[], files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set(entries);
  for (const path of reached) {
    const file = byPath.get(path);
    for (const target of file === undefined ? [] : resolvedImportsOf(file)) reached.add(target);
  }
  return reached;
}

/** Files that lead back to themselves by their imports as `a -> b -> a`. */
export function circlesOf(files: readonly SourceFile[]): string[] {
  const importsByPath = new Map(files.map((file) => [file.path, resolvedImportsOf(file)]));
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    const at = above.indexOf(path);
    if (at >= 0) circles.push([...above.slice(at), path].join(" -> "));
    if (at >= 0 || done.has(path)) return;
    for (const next of importsByPath.get(path) ?? []) visit(next, [...above, path]);
    done.add(path);
  };
  for (const path of importsByPath.keys()) visit(path, []);
  return circles;
}

export interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** Every function-like node of a file with the number of lines it spans. */
export function functionsOf(file: SourceFile): FunctionSize[] {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: FunctionSize[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const from = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line;
      const to = tree.getLineAndCharacterOfPosition(node.getEnd()).line;
      const name = node.name && ts.isIdentifier(node.name) ? node.name.text : "(anonymous)";
      found.push({ name, line: from + 1, lines: to - from + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Names that a file declares and exports. */
export function exportsOf(file: SourceFile): string[] {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest);
  return tree.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
    }
    const { name } = statement as ts.DeclarationStatement;
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));
}

/** What a file takes from others of ours, as `path#name`; `path#*` where it takes all. */
export function importedNamesOf(file: SourceFile): string[] {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest);
  const at = (specifier: ts.Expression) =>
    join(dirname(file.path), (specifier as ts.StringLiteral).text).replaceAll("\\", "/");
  const found = tree.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      const path = at(statement.moduleSpecifier);
      if (!bindings || ts.isNamespaceImport(bindings)) return [`${path}#*`];
      return bindings.elements.map((one) => `${path}#${(one.propertyName ?? one.name).text}`);
    }
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
    const path = at(statement.moduleSpecifier);
    const clause = statement.exportClause;
    if (!clause || ts.isNamespaceExport(clause)) return [`${path}#*`];
    return clause.elements.map((one) => `${path}#${(one.propertyName ?? one.name).text}`);
  });
  const dynamic = [...file.text.matchAll(/import\("(\.[^"]+)"\)/g)].map(
    (match) => `${join(dirname(file.path), match[1] ?? "").replaceAll("\\", "/")}#*`,
  );
  return [...found, ...dynamic];
}
