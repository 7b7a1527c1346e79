import { Alert, Button, Select, Table } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import {
  noticeTopics,
  notificationPreferences,
  wayNames,
  type NotificationSettings,
} from '../../contract/notifications.ts'
import { t } from '../platform/i18n.ts'
import { addressOfSubject } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { AbsenceForm } from './AbsenceForm.tsx'
import { MyChannels } from './MyChannels.tsx'
import { MyTabs } from './MyTabs.tsx'
import classes from './Settings.module.css'
import { TimesForm } from './TimesForm.tsx'

export default function MyNotificationsPage() {
  const asked = useAsk(notificationPreferences.show, {})
  return (
    <Page title={t('myNotifications.title')} shape="read" tabs={<MyTabs current="notifications" />}>
      <div>
        <Asked question={asked}>{(settings) => <Settings settings={settings} />}</Asked>
      </div>
    </Page>
  )
}

/** A form begins anew with what it edits, and not with another's save: what is typed in one stays when the other is saved. */
function Settings({ settings }: { settings: NotificationSettings }) {
  const { calendar, quiet, digestAt, absence } = settings
  return (
    <>
      {settings.mail.bouncing !== null && (
        <Alert
          role="status"
          color="orange"
          variant="light"
          icon={<IconMailOff size={16} aria-hidden />}
          title={t('myNotifications.bouncing', { address: settings.mail.bouncing.address })}
          styles={{ title: { color: 'var(--ink)' }, message: { color: 'var(--ink)' } }}
        >
          {t('myNotifications.bouncingHelp')} <Moment at={settings.mail.bouncing.since} />
        </Alert>
      )}
      <Section title={t('myNotifications.ways')}>
        <Ways settings={settings} />
      </Section>
      <MyChannels />
      <Section title={t('myNotifications.times')}>
        <TimesForm key={JSON.stringify([calendar, quiet, digestAt])} settings={settings} />
      </Section>
      <Section title={t('myNotifications.absence')}>
        <AbsenceForm key={JSON.stringify(absence)} settings={settings} />
      </Section>
      <Section title={t('myNotifications.muted')}>
        <Muted muted={settings.muted} />
      </Section>
    </>
  )
}

/** Topics down, channels across. The app itself always shows everything. */
function Ways({ settings }: { settings: NotificationSettings }) {
  const save = useAct(notificationPreferences.save, { onDone: () => tellDone(t('mySettings.saved')) })
  const options = wayNames.map((one) => ({ value: one, label: t(`way.${one}`) }))
  return (
    <>
      <p className="soft">
        {t('myNotifications.waysHelp')} {!settings.mail.on && t('myNotifications.noMail')}{' '}
        {!settings.chat.on && t('myNotifications.noChat')}
      </p>
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('myNotifications.ways')}>
        <Table verticalSpacing={4} className={classes['ways'] ?? ''} aria-label={t('myNotifications.ways')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('myNotifications.topic')}</Table.Th>
              <Table.Th>{t('channel.mail')}</Table.Th>
              <Table.Th>{t('channel.chat')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {noticeTopics.map((topic) => {
              const chosen = settings.ways.find((one) => one.topic === topic)
              if (chosen === undefined) return null
              return (
                <Table.Tr key={topic}>
                  <Table.Th scope="row" fw={500}>
                    {t(`topic.${topic}`)}
                  </Table.Th>
                  {(['mail', 'chat'] as const).map((channel) => (
                    <Table.Td key={channel} data-label={t(`channel.${channel}`)}>
                      <Select
                        size="xs"
                        miw={130}
                        aria-label={t('myNotifications.by', {
                          topic: t(`topic.${topic}`),
                          channel: t(`channel.${channel}`),
                        })}
                        data={options}
                        allowDeselect={false}
                        value={chosen[channel]}
                        onChange={(next) =>
                          next !== null &&
                          save.mutate({ ways: { [topic]: { [channel]: next } } }, { onError: tellFailed })
                        }
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </div>
    </>
  )
}

function Muted({ muted }: { muted: NotificationSettings['muted'] }) {
  const unmute = useAct(notificationPreferences.unmute)
  if (muted.length === 0) return <p className="soft">{t('myNotifications.nothingMuted')}</p>
  return (
    <Table verticalSpacing={4} aria-label={t('myNotifications.muted')}>
      <Table.Tbody>
        {muted.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td>
              <Link to={addressOfSubject(one) ?? '.'}>
                {one.reference} {one.title}
              </Link>
            </Table.Td>
            <Table.Td align="right">
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => unmute.mutate({ id: one.id }, { onError: tellFailed })}
              >
                {t('myNotifications.unmute')}
                <span className="unseen"> {one.reference}</span>
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
