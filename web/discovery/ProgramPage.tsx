import { Button, Select } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { programs } from '../../contract/installed-software.ts'
import { lifeCycles } from '../../contract/life-cycles.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { SupportWords } from '../ui/SupportWords.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { SeenTable } from './SeenTable.tsx'
import { discoveryCrumb } from './tabs.tsx'
import { AssetLink } from './words.tsx'

/** Who has a program, and in which version. */
export default function ProgramPage() {
  const { program = '' } = useParams({ strict: false })
  const [address, change] = useAddress()
  const asked = useAsk(programs.show, { id: program })
  return (
    <Page
      title={asked.data?.name ?? t('program.title')}
      crumbs={[discoveryCrumb(), { title: t('programs.title'), to: paths.programs }]}
      shape="read"
    >
      <Asked question={asked}>
        {(found) => (
          <div>
            <Facts
              entries={[
                [t('programs.publisher'), found.publisher],
                [t('programs.devices'), number(found.devices)],
              ]}
            />
            <Releases program={program} />
            <Section
              title={t('program.who')}
              actions={
                <Select
                  size="xs"
                  w={220}
                  clearable
                  searchable
                  aria-label={t('programs.version')}
                  placeholder={t('program.anyVersion')}
                  data={found.versions
                    .filter((one) => one.version !== '')
                    .map((one) => ({ value: one.version, label: `${one.version} (${number(one.devices)})` }))}
                  value={address['version'] ?? null}
                  onChange={(next) => change({ version: next ?? undefined })}
                />
              }
            >
              <Who program={program} version={address['version']} />
            </Section>
          </div>
        )}
      </Asked>
    </Page>
  )
}

/** Until when its releases are supported, where they are known for certain. */
function Releases({ program }: { program: string }) {
  const asked = useAsk(lifeCycles.ofProgram, { id: program })
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('support.title')}>
      <Facts
        entries={items.map((one) => [
          one.versions.join(', '),
          <span key={one.cycle}>
            <SupportWords support={one} /> <span className="soft">{t('program.onDevices', { n: one.devices })}</span>
          </span>,
        ])}
      />
    </Section>
  )
}

function Who({ program, version }: { program: string; version: string | undefined }) {
  const list = useAskPages(programs.devices, { id: program, limit: 100, ...(version === undefined ? {} : { version }) })
  if (list.data === undefined)
    return list.error === null ? (
      <Loading rows={4} />
    ) : (
      <ErrorView error={list.error} onRetry={() => void list.refetch()} />
    )
  if (list.items.length === 0) return <p className="soft">{t('program.nobody')}</p>
  return (
    <>
      <SeenTable
        label={t('program.who')}
        columns={(['agents.device', 'devices.asset', 'programs.version', 'devices.lastSeen'] as const).map((key) => ({
          key,
          head: t(key),
        }))}
      >
        {list.items.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to={paths.device(row.id)}>{row.name === '' ? t('devices.nameless') : row.name}</Link>
            </td>
            <td>
              <AssetLink asset={row.asset} />
            </td>
            <td>{row.versions.join(', ')}</td>
            <td>
              <Moment at={row.lastSeenAt} as="nearby" />
            </td>
          </tr>
        ))}
      </SeenTable>
      {list.hasNextPage && (
        <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('program.more')}
        </Button>
      )}
    </>
  )
}
