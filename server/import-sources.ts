import { modelsImport } from './assets/public.ts'
import { locationsImport } from './locations/public.ts'
import { oneNamed, personsNamed } from './people/public.ts'
import type { ImportSource } from './platform/imports/source.ts'
import type { Platform } from './platform/platform.ts'
import { serviceNowIncidents } from './tickets/public.ts'

/** What can be imported, from each capability what it knows of: for the app and for the command line. */
export const importSources = (_platform: Platform): ImportSource[] => [
  locationsImport({
    named: async (db, organisation, words) => {
      const named = await personsNamed(db, organisation, words)
      return (word) => oneNamed(named, word)
    },
  }),
  modelsImport,
  serviceNowIncidents,
]

/** Their names, for who has no installation open yet. */
export const sourceNames: readonly string[] = ['locations', 'models', 'servicenow-incidents']
