import { Modal, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { audit, events } from '../../contract/events.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { absolute } from '../platform/moments.ts'
import { addressOfSubject } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { Facts, Section } from '../ui/Facts.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './Events.module.css'
import { Seal } from './Seal.tsx'

type Event = Answer<typeof events.list>['items'][number]

const changed = (event: Event): string => Object.keys({ ...event.before, ...event.after }).join(', ')

/** The log of every act, for those who must be able to prove what happened. */
export default function EventsPage() {
  const [address, change] = useAddress()
  const [shown, show] = useState<Event | null>(null)
  const [erasing, setErasing] = useState(false)
  const verify = useAct(audit.verify, { onDone: () => tellDone(t('audit.started')) })
  const erase = useAct(events.erase, {
    onDone: () => {
      setErasing(false)
      show(null)
      tellDone(t('events.erasedNow'))
    },
  })
  const [type, setType] = useState(address['type'] ?? '')
  const search = useDebouncedCallback((next: string) => change({ type: next === '' ? undefined : next }), 300)
  const list = useAskPages(events.list, {
    limit: 100,
    ...(address['type'] === undefined ? {} : { type: address['type'] }),
    ...(address['subject'] === undefined ? {} : { subject: address['subject'] }),
    ...(address['actor'] === undefined ? {} : { actor: address['actor'] }),
  })
  const columns: Column<Event>[] = [
    { id: 'at', title: t('events.at'), width: 130, render: (row) => <Moment at={row.at} as="nearby" /> },
    {
      id: 'type',
      title: t('events.type'),
      width: 240,
      main: true,
      render: (row) => (
        <button type="button" className={classes['open']} onClick={() => show(row)}>
          {row.type}
        </button>
      ),
    },
    {
      id: 'actor',
      title: t('events.actor'),
      width: 220,
      render: (row) => (
        <>
          {row.actor.name}{' '}
          <span className="soft">{row.actor.kind === 'person' ? '' : t(`actor.${row.actor.kind}`)}</span>
        </>
      ),
    },
    {
      id: 'subject',
      title: t('events.subject'),
      width: 160,
      render: (row) => {
        const to = addressOfSubject(row.subject)
        return to === null ? row.subject.kind : <a href={to}>{row.subject.kind}</a>
      },
    },
    {
      id: 'changed',
      title: t('events.changed'),
      width: 'grow',
      render: (row) => (row.erased ? <span className="soft">{t('events.erased')}</span> : changed(row)),
    },
    { id: 'cause', title: t('events.cause'), width: 160, extra: true, render: (row) => row.cause },
  ]
  return (
    <>
      <ListPage
        title={t('events.title')}
        figure={<Seal />}
        actions={
          <ActionButton action={audit.verify} variant="default" onClick={() => verify.mutate({})}>
            {t('audit.verify')}
          </ActionButton>
        }
        list={list}
        columns={columns.filter((column) => column.extra !== true)}
        narrowed={address['type'] !== undefined || address['subject'] !== undefined || address['actor'] !== undefined}
        empty={{ title: t('events.empty'), help: t('events.emptyHelp') }}
        filters={
          <TextInput
            size="xs"
            w={240}
            aria-label={t('events.type')}
            placeholder={t('events.typeHelp')}
            value={type}
            onChange={(event) => {
              setType(event.currentTarget.value)
              search(event.currentTarget.value)
            }}
          />
        }
      />
      {shown !== null && (
        <Modal opened onClose={() => show(null)} title={shown.type} size="lg">
          <Facts
            entries={[
              [t('events.at'), absolute(shown.at)],
              [t('events.actor'), shown.actor.name],
              [t('events.subject'), `${shown.subject.kind} ${shown.subject.id}`],
              [t('events.cause'), shown.cause],
              [t('events.request'), shown.requestId],
            ]}
          />
          {shown.erased ? (
            <p className="soft">{t('events.erased')}</p>
          ) : (
            <>
              <ActionButton action={events.erase} size="compact-sm" variant="default" onClick={() => setErasing(true)}>
                {t('events.erase')}
              </ActionButton>
              <Section title={t('events.before')}>
                <pre className={classes['payload']} tabIndex={0}>
                  {JSON.stringify(shown.before, null, 2)}
                </pre>
              </Section>
              <Section title={t('events.after')}>
                <pre className={classes['payload']} tabIndex={0}>
                  {JSON.stringify(shown.after, null, 2)}
                </pre>
              </Section>
            </>
          )}
        </Modal>
      )}
      {shown !== null && erasing && (
        <ConfirmAct
          opened
          title={t('events.eraseTitle')}
          verb={t('events.erase')}
          reason={{ label: t('events.eraseReason'), required: true }}
          busy={erase.isPending}
          error={erase.error}
          onConfirm={(reason) => erase.mutate({ id: shown.id, reason })}
          onClose={() => setErasing(false)}
        >
          <p>{t('events.eraseHelp')}</p>
        </ConfirmAct>
      )}
    </>
  )
}
