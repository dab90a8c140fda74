import type { ViteUserConfig } from 'vitest/config'
export declare const unit: (name: string) => ViteUserConfig
