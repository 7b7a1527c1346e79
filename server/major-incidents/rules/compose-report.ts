/** What the report is made of. Moments are ISO instants. */
export interface ReportFacts {
  reference: string
  headline: string
  affected: string
  declaredAt: string
  endedAt: string
  commander: string
  communications: string
  technical: string | null
  updates: readonly { kind: 'declared' | 'update' | 'ended'; words: string; at: string; promisedFor: string | null }[]
}

/** The words of the catalogue and of the reader's zone that a report needs. */
export interface ReportWords {
  sentence: (key: string, params?: Record<string, string | number>) => string
  /** A moment as people write it. */
  moment: (at: string) => string
}

/** Whether an update came by the moment it was promised for. */
export const wasKept = (update: { at: string; promisedFor: string | null }): boolean | null =>
  update.promisedFor === null ? null : Date.parse(update.at) <= Date.parse(update.promisedFor)

/** Nobody reads seconds in a report. */
const toMinute = (at: string): string => new Date(Math.floor(Date.parse(at) / 60_000) * 60_000).toISOString()

/** Minutes as people say them: "45 min", "2 h 5 min", "1 d 3 h". */
export function spanWords(minutes: number): string {
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const parts = [d > 0 ? `${d} d` : '', h > 0 ? `${h} h` : '', m > 0 && d === 0 ? `${m} min` : '']
  return parts.filter((part) => part !== '').join(' ') || '0 min'
}

/** What happened in plain language: what, who was hit, how long, what was told when, which promised updates came late. */
export function composeReport(facts: ReportFacts, { sentence, moment }: ReportWords): string {
  const minutes = Math.max(0, Math.round((Date.parse(facts.endedAt) - Date.parse(facts.declaredAt)) / 60_000))
  const promised = facts.updates.filter(({ promisedFor }) => promisedFor !== null)
  const late = promised.filter((update) => wasKept(update) === false)
  const people = [
    sentence('major-incidents.report.commander', { name: facts.commander }),
    sentence('major-incidents.report.communications', { name: facts.communications }),
    ...(facts.technical === null ? [] : [sentence('major-incidents.report.technical', { name: facts.technical })]),
  ]
  return [
    `${facts.headline} (${facts.reference})`,
    sentence('major-incidents.report.span', {
      fromAt: toMinute(facts.declaredAt),
      toAt: toMinute(facts.endedAt),
      span: spanWords(minutes),
    }),
    ...(facts.affected === '' ? [] : [sentence('major-incidents.report.affected', { affected: facts.affected })]),
    people.join(' '),
    [
      sentence('major-incidents.report.told'),
      ...facts.updates.map((update) => `${moment(toMinute(update.at))}: ${update.words}`),
    ].join('\n'),
    promised.length === 0
      ? sentence('major-incidents.report.none-promised')
      : sentence('major-incidents.report.promises', { all: promised.length, late: late.length }),
  ].join('\n\n')
}
