/** One thing that was looked at. `check` is its name for programs; `mend` says what to do. */
export interface Finding {
  check: string
  verdict: 'good' | 'warning' | 'problem'
  says: string
  mend?: string
}

/** What asks the database: a pool or a client. */
export interface Asks {
  query<R extends Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: R[]; rowCount: number | null }>
}
