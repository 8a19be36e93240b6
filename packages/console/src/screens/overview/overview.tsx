import { Screen } from '../../parts/screen.js';

export default function Overview() {
  return <Screen title="Overview">{null}</Screen>;
}
