import { assetsImport, modelsImport } from './assets/public.ts'
import { exportImports, linkImported } from './discovery/public.ts'
import { openCustomValues } from './fields/public.ts'
import { openContents } from './files/public.ts'
import { lifeCyclesImport } from './life-cycles/public.ts'
import { locationsImport } from './locations/public.ts'
import { estates } from './estates.ts'
import { oneNamed, peopleImport, personNames, personsNamed } from './people/public.ts'
import type { ImportSource } from './platform/imports/source.ts'
import type { Platform } from './platform/platform.ts'
import { serviceNowIncidents, ticketImports } from './tickets/public.ts'

/** What can be imported, from each capability what it knows of: for the app and for the command line. */
export function importSources(platform: Platform): ImportSource[] {
  const customValues = openCustomValues({ secret: platform.secret, personNames })
  return [
    assetsImport({
      customValues,
      registered: linkImported,
    }),
    peopleImport({
      async owns(db, person) {
        let owned = 0
        for (const estate of estates) owned += await estate.count(db, person)
        return owned
      },
    }),
    locationsImport({
      named: async (db, organisation, words) => {
        const named = await personsNamed(db, organisation, words)
        return (word) => oneNamed(named, word)
      },
    }),
    modelsImport,
    ...exportImports(customValues),
    lifeCyclesImport,
    serviceNowIncidents,
    ...ticketImports(() => openContents(platform.config)),
  ]
}

/** Their names, for who has no installation open yet. */
export const sourceNames: readonly string[] = [
  'assets',
  'people',
  'locations',
  'models',
  'intune',
  'entra-devices',
  'jamf',
  'sccm',
  'lansweeper',
  'life-cycles',
  'servicenow-incidents',
  'tickets',
  'request-tracker',
  'osticket',
]
