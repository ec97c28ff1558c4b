/** Where a connection goes: an address, or a tool and its list. */
import { isConnectorKind, type Outlet } from '../../collector/notify/outlets/outlet.ts';
import { kindNames } from '../text/connections.ts';

export const OutletTarget = ({ outlet: { kind, settings } }: { outlet: Outlet }) => (
  <span class="address">{isConnectorKind(kind) ? `${kindNames[kind]}, ${settings.list ?? ''}` : (settings.url ?? '')}</span>
);
