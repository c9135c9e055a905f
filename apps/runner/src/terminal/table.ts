export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/**
 * Lays rows out in columns two spaces apart, under their titles. A cell that equals the one above it may be left empty
 * by the caller.
 *
 * @returns lines without a line feed; the first holds the titles
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)));
  return lines.map((cells) =>
    columns
      .map(({ align }, i) => {
        const cell = cells[i] ?? '';
        return align === 'left' ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
      })
      .join('  ')
      .trimEnd(),
  );
}

export function leftColumns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, align: 'left' }));
}
