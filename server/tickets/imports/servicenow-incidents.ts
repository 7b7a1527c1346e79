import { ImportProblem } from '../../platform/imports/import-problem.ts'
import type { ImportSettings, ImportSource, SourceRun } from '../../platform/imports/source.ts'
import { type IncidentPlan, planIncident, type Reading } from './incident-plan.ts'
import { serviceNow } from './origin.ts'
import { RelatedRecords } from './related-records.ts'
import { asOfMoment, isZone, momentReader } from './rules/source-moments.ts'
import { serviceNowFields } from './servicenow-fields.ts'
import { knownSources, takenReferences, verdictTable } from './sources-store.ts'
import { writeIncidents } from './write-incidents.ts'

/** Incidents of ServiceNow from their audit log: one row for each update. Every incident becomes a ticket with its history. */
export const serviceNowIncidents: ImportSource = {
  source: 'servicenow-incidents',
  title: 'imports.servicenow-incidents.title',
  description: 'imports.servicenow-incidents.description',
  fields: serviceNowFields,
  keyField: 'number',
  options: ['asOf', 'zone', 'shift'],
  begin: (settings) => beginIncidents(settings),
}

function beginIncidents(given: ImportSettings): SourceRun<IncidentPlan | null> {
  const settings = { ...given, origin: serviceNow }
  if (!isZone(settings.zone)) throw new ImportProblem('imports.zone-unknown', { zone: settings.zone })
  const readings = new Map<number, Reading>()
  /** A ticket's later rows move by as many weeks as its first ones did. What lies beyond the present is not known yet. */
  const readingFor = (shiftWeeks: number): Reading => {
    let reading = readings.get(shiftWeeks)
    if (reading === undefined) {
      const asOf = settings.asOf === null ? Infinity : asOfMoment(settings.asOf, settings.zone, shiftWeeks)
      if (asOf === null) throw new ImportProblem('imports.as-of-unreadable', { value: settings.asOf })
      reading = {
        moment: momentReader(settings.zone, shiftWeeks),
        until: Math.min(asOf, Date.parse(settings.importedAt)),
        shiftWeeks,
      }
      readings.set(shiftWeeks, reading)
    }
    return reading
  }
  readingFor(settings.shiftWeeks)
  const related = new RelatedRecords(settings)
  return {
    async plan(db, subjects) {
      const keys = subjects.map((s) => s.key)
      const sources = await knownSources(db, serviceNow.source, keys)
      const taken = await takenReferences(db, keys)
      return subjects.map((subject) => {
        const source = sources.get(subject.key)
        return planIncident(
          subject,
          source,
          taken.has(subject.key),
          readingFor(source?.shiftWeeks ?? settings.shiftWeeks),
        )
      })
    },
    write: (tx, planned) =>
      writeIncidents(
        tx,
        settings,
        related,
        planned.map((p) => p.plan).filter((plan) => plan !== null),
      ),
    async report(db) {
      const cells = await verdictTable(db, settings.organisation)
      const ours = ['kept', 'missed', 'running', 'none']
      const sources = [...new Set(cells.map((c) => c.source))]
      return [
        {
          title: 'imports.report.verdicts',
          columns: ['imports.report.verdicts.row', ...ours.map((o) => `imports.report.verdicts.${o}`)],
          rows: sources.map((source) => [
            source,
            ...ours.map((o) => String(cells.find((c) => c.source === source && c.ours === o)?.n ?? 0)),
          ]),
        },
      ]
    },
  }
}
