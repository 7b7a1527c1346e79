import { Button, Checkbox, SegmentedControl, Select, Table } from '@mantine/core'
import type { Me } from '../../contract/mine.ts'
import { mine } from '../../contract/mine.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { themeIs } from '../platform/theme.ts'
import { allZones } from '../platform/zones.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { MyTabs } from './MyTabs.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactorSettings } from './SecondFactorSettings.tsx'

/** How times read, for those who write English. */
const locales = [
  'en',
  'en-GB',
  'en-US',
  'en-CA',
  'en-AU',
  'en-IE',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'sv',
  'da',
  'fi',
  'pl',
  'cs',
]

export default function MySettingsPage() {
  const me = useMe()
  const sessions = useAsk(mine.sessions, {})
  return (
    <Page
      title={t('mySettings.title')}
      shape="read"
      tabs={<MyTabs current="general" />}
      {...(me?.person == null ? {} : { figure: me.person.name })}
    >
      <div>
        {me !== undefined && <Preferences me={me} />}
        {me?.person != null && (
          <Section title={t('mySettings.password')}>
            <PasswordForm />
          </Section>
        )}
        {me?.person != null && (
          <Section title={t('mySettings.secondFactor')}>
            <SecondFactorSettings on={me.secondFactor} />
          </Section>
        )}
        <Section title={t('mySettings.sessions')}>
          <Asked question={sessions}>{({ items }) => <Sessions items={items} />}</Asked>
        </Section>
      </div>
    </Page>
  )
}

function Preferences({ me }: { me: Me }) {
  const save = useAct(mine.saveSettings, {
    onDone: (after, sent) => {
      if (sent.theme !== undefined) themeIs(after.settings.theme)
      if (sent.zone !== undefined || sent.locale !== undefined) location.reload()
      else tellDone(t('mySettings.saved'))
    },
  })
  const set = (change: Partial<Me['settings']>): void => save.mutate(change, { onError: tellFailed })
  const { settings } = me
  const names = new Intl.DisplayNames(['en'], { type: 'language' })
  return (
    <Section title={t('mySettings.preferences')}>
      <div style={{ display: 'grid', gap: 14, maxWidth: 420 }}>
        <div>
          <span className="label" id="theme-label">
            {t('mySettings.theme')}
          </span>
          <SegmentedControl
            fullWidth
            aria-labelledby="theme-label"
            value={settings.theme}
            onChange={(theme) => set({ theme: theme })}
            data={(['auto', 'light', 'dark'] as const).map((theme) => ({ value: theme, label: t(`theme.${theme}`) }))}
          />
        </div>
        <Select
          label={t('mySettings.zone')}
          description={t('mySettings.zoneHelp')}
          searchable
          limit={60}
          data={allZones()}
          value={settings.zone}
          onChange={(zone) => zone !== null && set({ zone })}
        />
        <Select
          label={t('mySettings.locale')}
          description={t('mySettings.localeHelp')}
          data={[...new Set([settings.locale, ...locales])].map((locale) => ({
            value: locale,
            label: names.of(locale) ?? locale,
          }))}
          value={settings.locale}
          onChange={(locale) => locale !== null && set({ locale })}
        />
        <Checkbox
          size="xs"
          label={t('mySettings.notifyBrowser')}
          checked={settings.notifyBrowser}
          onChange={(event) => set({ notifyBrowser: event.currentTarget.checked })}
        />
      </div>
    </Section>
  )
}

interface Session {
  id: string
  current: boolean
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  address: string | null
  browser: string | null
}

function Sessions({ items }: { items: Session[] }) {
  const revoke = useAct(mine.revokeSession, { onDone: () => tellDone(t('mySettings.revoked')) })
  if (items.length === 0) return <p className="soft">{t('mySettings.noSessions')}</p>
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('mySettings.sessions')}>
      <Table verticalSpacing={4} aria-label={t('mySettings.sessions')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('mySettings.browser')}</Table.Th>
            <Table.Th>{t('mySettings.address')}</Table.Th>
            <Table.Th>{t('mySettings.lastSeen')}</Table.Th>
            <Table.Th>
              <span className="unseen">{t('mySettings.end')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((session) => (
            <Table.Tr key={session.id}>
              <Table.Td>{session.browser ?? '–'}</Table.Td>
              <Table.Td>{session.address ?? '–'}</Table.Td>
              <Table.Td>
                <Moment at={session.lastSeenAt} />
              </Table.Td>
              <Table.Td align="right">
                {session.current ? (
                  <span className="soft">{t('mySettings.thisOne')}</span>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => revoke.mutate({ id: session.id }, { onError: tellFailed })}
                  >
                    {t('mySettings.end')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
