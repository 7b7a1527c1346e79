import { Button, Group } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { catalogueSetup, type ManagedService, type ServiceDefinition } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { AboutEditor } from './AboutEditor.tsx'
import { ApprovalEditor } from './ApprovalEditor.tsx'
import { FieldsEditor } from './FieldsEditor.tsx'
import { TasksEditor } from './TasksEditor.tsx'

/** A service as it is worked on. */
export default function ServicePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(catalogueSetup.show, { id })
  const crumbs = [{ title: t('catalogueSetup.title'), to: paths.catalogueSetup }]
  if (asked.data === undefined)
    return (
      <Page title={t('catalogueSetup.service')} crumbs={crumbs}>
        <Asked question={asked}>{() => null}</Asked>
      </Page>
    )
  return <Editor key={`${asked.data.id}`} service={asked.data} crumbs={crumbs} />
}

function Editor({ service, crumbs }: { service: ManagedService; crumbs: { title: string; to: string }[] }) {
  const [definition, setDefinition] = useState<ServiceDefinition>(service.definition)
  const [based, baseOn] = useState(service.version)
  const save = useAct(catalogueSetup.save)
  const publish = useAct(catalogueSetup.publish)
  const retire = useAct(catalogueSetup.retire)
  const isChanged = JSON.stringify(definition) !== JSON.stringify(service.definition)
  const change = (part: Partial<ServiceDefinition>): void => setDefinition((before) => ({ ...before, ...part }))
  const keep = (then?: (version: number) => void): void =>
    save.mutate(
      { id: service.id, version: based, definition },
      {
        onSuccess: (saved) => {
          // what was typed while it was saved stays
          setDefinition((now) => (now === definition ? saved.definition : now))
          baseOn(saved.version)
          if (then === undefined) tellDone(t('catalogueSetup.saved'))
          else then(saved.version)
        },
      },
    )
  const look = (): void => void window.open(paths.portalPreview(service.id), '_blank', 'noopener')
  return (
    <Page
      title={service.name}
      crumbs={crumbs}
      shape="read"
      figure={
        service.revision === null
          ? t('catalogueSetup.draft')
          : t(service.changed ? 'catalogueSetup.changedSince' : 'catalogueSetup.published', { n: service.revision })
      }
      actions={
        <Group gap="xs">
          <Button variant="default" onClick={() => (isChanged ? keep(look) : look())}>
            {t('catalogueSetup.preview')}
          </Button>
          <Button variant="default" loading={save.isPending} disabled={!isChanged} onClick={() => keep()}>
            {t('save')}
          </Button>
          <ActionButton
            action={catalogueSetup.publish}
            refusals={isChanged ? {} : service.refusals}
            loading={publish.isPending}
            onClick={() => {
              const send = (version: number): void =>
                publish.mutate(
                  { id: service.id, version },
                  {
                    onSuccess: (done) => {
                      baseOn(done.version)
                      tellDone(t('catalogueSetup.publishedNow'))
                    },
                    onError: tellFailed,
                  },
                )
              if (isChanged) keep(send)
              else send(based)
            }}
          >
            {t('catalogueSetup.publish')}
          </ActionButton>
          {service.refusals['retire'] === null && (
            <Button
              variant="default"
              onClick={() =>
                retire.mutate({ id: service.id }, { onSuccess: (done) => baseOn(done.version), onError: tellFailed })
              }
            >
              {t('catalogueSetup.retire')}
            </Button>
          )}
        </Group>
      }
    >
      <FailureNote error={save.error} />
      {service.problems.length > 0 && !isChanged && (
        <ul role="status">
          {service.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <Section title={t('catalogueSetup.about')}>
        <AboutEditor definition={definition} change={change} />
      </Section>
      <Section title={t('catalogueSetup.form')}>
        <FieldsEditor
          definition={definition}
          keptKeys={service.definition.fields.map(({ key }) => key)}
          onChange={(fields) => change({ fields })}
        />
      </Section>
      <Section title={t('catalogueSetup.approval')}>
        <ApprovalEditor
          approval={definition.approval}
          currency={definition.currency}
          onChange={(approval) => change({ approval })}
        />
      </Section>
      <Section title={t('catalogueSetup.tasks')}>
        <TasksEditor tasks={definition.tasks} onChange={(tasks) => change({ tasks })} />
      </Section>
    </Page>
  )
}
