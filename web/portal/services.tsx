import { Link } from '@tanstack/react-router'
import type { ServiceRow } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { costWords } from './kit.tsx'

/** What can be ordered, as cards with what it costs and how long it takes. */
export function Services({ items }: { items: readonly ServiceRow[] }) {
  return (
    <ul className="cards services">
      {items.map((service) => (
        <li key={service.id}>
          <Link to={paths.portalOrder(service.id)}>
            <b>{service.name}</b>
            <span className="soft">{service.summary}</span>
            <span className="label">
              {[
                costWords(service.cost),
                service.deliveryDays === null ? '' : t('portal.within', { n: service.deliveryDays }),
                service.needsApproval ? t('portal.needsApproval') : '',
                service.hasDraft ? t('portal.begun') : '',
              ]
                .filter((word) => word !== '')
                .join(' · ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
