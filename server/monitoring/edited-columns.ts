/**
 * A record's columns before an edit and after it: `columns` says which field of the input is which column, and what the input does not name stays. The
 * record may hold more than these columns.
 */
export function editedColumns<C extends object>(
  columns: Readonly<Record<string, keyof C>>,
  record: C,
  input: Readonly<Record<string, unknown>>,
): { was: C; after: C } {
  const was = Object.fromEntries(Object.values(columns).map((column) => [column, record[column]])) as C
  const given = Object.entries(columns).flatMap(([field, column]) =>
    input[field] === undefined ? [] : [[column, input[field]] as const],
  )
  return { was, after: { ...was, ...(Object.fromEntries(given) as Partial<C>) } }
}
