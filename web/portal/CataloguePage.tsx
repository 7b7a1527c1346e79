import { Link } from '@tanstack/react-router'
import { catalogue } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked, Empty, Sheet } from './kit.tsx'
import { Services } from './services.tsx'

/** Everything the reader can order, by category. */
export default function CataloguePage() {
  const asked = useAsk(catalogue.list, {})
  return (
    <Sheet title={t('portal.services')}>
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('portal.noServices')}>
              <p>{t('portal.noServicesHelp')}</p>
              <Link to={paths.portalAsk} className="button">
                {t('portal.ask')}
              </Link>
            </Empty>
          ) : (
            [...Map.groupBy(items, (one) => one.category.id)].map(([id, some]) => (
              <section key={id} aria-label={some[0]!.category.name}>
                <h2>{some[0]!.category.name}</h2>
                <Services items={some} />
              </section>
            ))
          )
        }
      </Asked>
    </Sheet>
  )
}
