import { Button, Table } from '@mantine/core'
import { backups, type Backup } from '../../contract/operations.ts'
import { t } from '../platform/i18n.ts'
import { fileSize, number } from '../platform/moments.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { BackupSettingsForm } from './BackupSettingsForm.tsx'
import { SystemTabs } from './tabs.tsx'

/** Backups with their restore tests, and the schedule of both. */
export default function BackupsPage() {
  const list = useAskPages(backups.list, { limit: 50 })
  const settings = useAsk(backups.settings, {})
  const start = useAct(backups.start, { onDone: () => tellDone(t('backups.started')) })
  const busy = list.items.some(
    (one) => one.state === 'waiting' || one.state === 'running' || one.test?.state === 'running',
  )
  // a backup runs for seconds to minutes
  useAsk(backups.list, { limit: 1 }, { every: busy ? 3_000 : false })
  const button = (
    <ActionButton
      action={backups.start}
      loading={start.isPending}
      onClick={() => start.mutate({}, { onError: tellFailed, onSuccess: () => void list.refetch() })}
    >
      {t('backups.start')}
    </ActionButton>
  )
  return (
    <Page title={t('backups.title')} shape="read" tabs={<SystemTabs current="backups" />} actions={button}>
      <div>
        {list.data === undefined ? (
          list.error === null ? (
            <Loading rows={6} />
          ) : (
            <ErrorView error={list.error} onRetry={() => void list.refetch()} />
          )
        ) : list.items.length === 0 ? (
          <EmptyView title={t('backups.empty')}>{t('backups.emptyHelp')}</EmptyView>
        ) : (
          <Made items={list.items} onChange={() => void list.refetch()} />
        )}
        {list.hasNextPage && (
          <Button mt="xs" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('table.more')}
          </Button>
        )}
        <Section title={t('backups.settings')}>
          <Asked question={settings}>
            {(answer) =>
              answer.key === undefined ? null : <BackupSettingsForm key={answer.version} settings={answer} />
            }
          </Asked>
        </Section>
      </div>
    </Page>
  )
}

function Made({ items, onChange }: { items: readonly Backup[]; onChange: () => void }) {
  const test = useAct(backups.test, {
    onDone: () => {
      tellDone(t('backups.testStarted'))
      onChange()
    },
  })
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('backups.title')}>
      <Table verticalSpacing={4} aria-label={t('backups.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('backups.at')}</Table.Th>
            <Table.Th>{t('backups.state')}</Table.Th>
            <Table.Th ta="right">{t('backups.size')}</Table.Th>
            <Table.Th ta="right">{t('backups.rows')}</Table.Th>
            <Table.Th>{t('backups.restoreTest')}</Table.Th>
            <Table.Th>
              <span className="unseen">{t('backups.test')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Moment at={one.takenAt ?? one.createdAt} as="nearby" /> <span className="soft">{one.by}</span>
                <div className="label" style={{ overflowWrap: 'anywhere' }}>
                  {one.path}
                </div>
              </Table.Td>
              <Table.Td>
                {one.removedAt === null ? t(`backups.state.${one.state}`) : t('backups.removed')}
                {one.error !== null && <div className="label">{one.error}</div>}
                {(one.missingFiles ?? 0) > 0 && (
                  <div className="label">{t('backups.missing', { n: one.missingFiles ?? 0 })}</div>
                )}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {one.bytes === null ? '' : fileSize(one.bytes)}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {one.rows === null ? '' : number(one.rows)}
              </Table.Td>
              <Table.Td>
                {one.test === null ? (
                  <span className="soft">{t('backups.untested')}</span>
                ) : (
                  <>
                    {t(`backups.test.${one.test.state}`)} <Moment at={one.test.at} as="nearby" />
                    {one.test.error !== null && <div className="label">{one.test.error}</div>}
                  </>
                )}
              </Table.Td>
              <Table.Td align="right">
                <ActionButton
                  action={backups.test}
                  refusals={one.refusals}
                  size="compact-xs"
                  variant="default"
                  onClick={() => test.mutate({ id: one.id }, { onError: tellFailed })}
                >
                  {t('backups.test')}
                  <span className="unseen"> {one.path}</span>
                </ActionButton>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
