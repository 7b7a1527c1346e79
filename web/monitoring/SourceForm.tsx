import { useState } from 'react'
import { Modal } from '@mantine/core'
import { type AlertMapping, type AlertSource, alertSources, type Severity } from '../../contract/monitoring.ts'
import { queues } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { ShownOnce } from '../ui/ShownOnce.tsx'
import { severityOptions, wayOptions } from './words.tsx'

const example = JSON.stringify(
  { each: 'alerts', title: '{name} on {host}', host: ['host'], severity: ['level'], status: ['state'] },
  null,
  2,
)
const minutes = (seconds: number): number => seconds / 60

const fields = (isNew: boolean, isOwn: boolean, queueOptions: { value: string; label: string }[]): FormField[] => [
  { type: 'line', name: 'name', label: t('alertSources.name'), required: true },
  ...(isNew
    ? [
        {
          type: 'line',
          name: 'slug',
          label: t('alertSources.slug'),
          help: t('alertSources.slugHelp'),
          required: true,
        } as const,
      ]
    : []),
  ...(isOwn
    ? []
    : [
        {
          type: 'choose',
          name: 'way',
          label: t('alertSources.format'),
          options: wayOptions(),
          required: true,
        } as const,
      ]),
  { type: 'choose', name: 'queue', label: t('alertSources.queue'), options: queueOptions, required: true },
  {
    type: 'choose',
    name: 'opensFrom',
    label: t('alertSources.opensFrom'),
    options: [...severityOptions(), { value: 'never', label: t('alertSources.never') }],
    required: true,
  },
  {
    type: 'choose',
    name: 'oneTicketFor',
    label: t('alertSources.oneTicketFor'),
    options: (['alert', 'device'] as const).map((value) => ({ value, label: t(`alertSources.for.${value}`) })),
    required: true,
  },
  { type: 'number', name: 'hold', label: t('alertSources.hold'), help: t('alertSources.holdHelp') },
  { type: 'number', name: 'quiet', label: t('alertSources.quiet'), help: t('alertSources.quietHelp') },
  { type: 'number', name: 'flapChanges', label: t('alertSources.flapChanges'), help: t('alertSources.flapHelp') },
  { type: 'number', name: 'flap', label: t('alertSources.flapMinutes') },
  { type: 'check', name: 'resolves', label: t('alertSources.resolves') },
  ...(isNew ? [] : [{ type: 'check', name: 'active', label: t('alertSources.active') } as const]),
  {
    type: 'text',
    name: 'mapping',
    label: t('alertSources.mapping'),
    help: t('alertSources.mappingHelp'),
    wide: true,
    required: true,
    off: (values) => values['way'] !== 'mapped',
  },
]

/** Add a source of alerts, or change one. The key of a new one is shown in place of the form. */
export function SourceForm({ source, onClose }: { source: AlertSource | null; onClose: () => void }) {
  const asked = useAsk(queues.list, { active: true })
  const create = useAct(alertSources.create)
  const edit = useAct(alertSources.edit, { onDone: onClose })
  const [broken, setBroken] = useState<Error | null>(null)
  const act = source === null ? create : edit
  const title = t(source === null ? 'alertSources.add' : 'alertSources.edit')

  function submit(values: Values, version: number | undefined): void {
    let mapping: AlertMapping | null = null
    if (values['way'] === 'mapped')
      try {
        mapping = JSON.parse(values['mapping'] as string) as AlertMapping
      } catch {
        return setBroken(new Error(t('alertSources.mappingBroken')))
      }
    setBroken(null)
    const given = {
      name: values['name'] as string,
      way: values['way'] as Exclude<AlertSource['way'], 'own'>,
      mapping,
      queue: values['queue'] as string,
      opensFrom: values['opensFrom'] as Severity | 'never',
      oneTicketFor: values['oneTicketFor'] as 'alert' | 'device',
      holdSeconds: Math.round(((values['hold'] as number | null) ?? 0) * 60),
      quietSeconds: Math.round(((values['quiet'] as number | null) ?? 0) * 60),
      flapChanges: (values['flapChanges'] as number | null) ?? 6,
      flapSeconds: Math.round(((values['flap'] as number | null) ?? 30) * 60),
      resolves: values['resolves'] === true,
    }
    if (source === null) create.mutate({ ...given, slug: values['slug'] as string })
    else if (source.way === 'own') {
      const { way: _way, mapping: _mapping, ...own } = given
      edit.mutate({ id: source.id, version, ...own, active: values['active'] === true })
    } else edit.mutate({ id: source.id, version, ...given, active: values['active'] === true })
  }

  if (create.data !== undefined)
    return (
      <Modal opened onClose={onClose} title={title}>
        <ShownOnce value={create.data.secret} label={t('alertSources.key')} onClose={onClose}>
          {t('alertSources.keyHelp', { address: `${location.origin}/api/v1/alerts/${create.data.record.slug}` })}
        </ShownOnce>
      </Modal>
    )
  return (
    <RecordForm
      title={title}
      verb={t(source === null ? 'alertSources.add' : 'save')}
      fields={fields(
        source === null,
        source?.way === 'own',
        (asked.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      )}
      start={{
        name: source?.name ?? '',
        slug: '',
        way: source?.way ?? 'alertmanager',
        queue: source?.queue.id ?? null,
        opensFrom: source?.opensFrom ?? 'warning',
        oneTicketFor: source?.oneTicketFor ?? 'alert',
        hold: minutes(source?.holdSeconds ?? 0),
        quiet: minutes(source?.quietSeconds ?? 0),
        flapChanges: source?.flapChanges ?? 6,
        flap: minutes(source?.flapSeconds ?? 1800),
        resolves: source?.resolves ?? true,
        active: source?.active ?? true,
        mapping: source?.mapping == null ? example : JSON.stringify(source.mapping, null, 2),
      }}
      version={source?.version}
      busy={act.isPending}
      error={broken ?? act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
