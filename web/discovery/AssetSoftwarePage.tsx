import { Select } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { installedSoftware, type InstalledProgram } from '../../contract/installed-software.ts'
import { AssetTabs } from '../assets/AssetTabs.tsx'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'

type Row = InstalledProgram & { id: string }

const columns = (gone: boolean): Column<Row>[] => [
  {
    id: 'name',
    title: t('programs.name'),
    width: 'grow',
    main: true,
    render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
  },
  { id: 'version', title: t('programs.version'), width: 180, render: (row) => row.version },
  { id: 'publisher', title: t('programs.publisher'), width: 220, render: (row) => row.publisher },
  { id: 'source', title: t('programs.source'), width: 90, render: (row) => row.source, weight: 0 },
  { id: 'arch', title: t('programs.arch'), width: 90, render: (row) => row.arch, weight: 0 },
  {
    id: 'installed',
    title: t('programs.installed'),
    width: 120,
    render: (row) => (row.installedOn === null ? null : plainDay(row.installedOn)),
  },
  {
    id: 'first',
    title: t('devices.firstSeen'),
    width: 120,
    render: (row) => <Moment at={row.firstSeenAt} as="nearby" />,
  },
  gone
    ? {
        id: 'gone',
        title: t('programs.gone'),
        width: 120,
        render: (row) => (row.goneAt === null ? null : <Moment at={row.goneAt} as="nearby" />),
      }
    : {
        id: 'last',
        title: t('devices.lastSeen'),
        width: 120,
        render: (row) => <Moment at={row.lastSeenAt} as="nearby" />,
      },
]

/** What is installed on an asset, or was. */
export default function AssetSoftwarePage() {
  const { tag = '' } = useParams({ strict: false })
  const [address, change] = useAddress()
  const gone = address['gone'] === 'true'
  const list = useAskPages(installedSoftware.ofAsset, {
    id: tag,
    gone,
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  const rows = {
    ...list,
    items: list.items.map((row) => ({ ...row, id: `${row.name} ${row.version} ${row.arch} ${row.firstSeenAt}` })),
  }
  return (
    <ListPage
      title={tag}
      crumbs={[{ title: t('assets.title'), to: paths.assets }]}
      tabs={<AssetTabs tag={tag} current="software" />}
      searchable
      narrowed={gone}
      list={rows}
      columns={columns(gone)}
      addressOf={(row) => paths.program(String(row.program))}
      filters={
        <Select
          size="xs"
          w={190}
          aria-label={t('programs.which')}
          data={[
            { value: 'false', label: t('programs.isThere') },
            { value: 'true', label: t('programs.wasThere') },
          ]}
          value={String(gone)}
          onChange={(next) => change({ gone: next === 'true' ? next : undefined })}
        />
      }
      empty={{ title: t('assetSoftware.empty'), help: t('assetSeen.emptyHelp') }}
    />
  )
}
