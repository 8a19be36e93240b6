import { Screen } from '../../parts/screen.js';

export default function ListQuality() {
  return <Screen title="ListQuality">{null}</Screen>;
}
