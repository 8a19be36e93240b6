import { Screen } from '../../parts/screen.js';

export default function Imports() {
  return <Screen title="Imports">{null}</Screen>;
}
