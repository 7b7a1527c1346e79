import { type Manufacturer, manufacturers } from '../../contract/asset-models.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { ListedForm } from './ListedForm.tsx'
import { ListedPage } from './ListedPage.tsx'
import { RegisterTabs } from './tabs.tsx'

export default function ManufacturersPage() {
  const [address] = useAddress()
  const list = useAskPages(manufacturers.list, {
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  return (
    <ListedPage<Manufacturer>
      title={t('manufacturers.title')}
      tabs={<RegisterTabs current="manufacturers" />}
      list={list}
      searchable
      columns={[
        { id: 'phone', title: t('manufacturers.phone'), width: 180, render: (row) => row.supportPhone },
        { id: 'email', title: t('manufacturers.email'), width: 240, render: (row) => row.supportEmail },
      ]}
      create={manufacturers.create}
      words={{ add: t('manufacturers.add'), empty: t('manufacturers.empty'), help: t('manufacturers.emptyHelp') }}
      form={(row, close) => (
        <ListedForm
          create={manufacturers.create}
          edit={manufacturers.edit}
          titles={{ add: t('manufacturers.add'), edit: t('manufacturers.edit') }}
          record={row}
          start={{ ...row }}
          fields={[
            { name: 'name', label: t('register.name'), type: 'line', required: true },
            { name: 'website', label: t('manufacturers.website'), type: 'line' },
            { name: 'supportUrl', label: t('manufacturers.supportUrl'), type: 'line' },
            { name: 'supportPhone', label: t('manufacturers.phone'), type: 'line' },
            { name: 'supportEmail', label: t('manufacturers.email'), type: 'line' },
          ]}
          onClose={close}
        />
      )}
    />
  )
}
