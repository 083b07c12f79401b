import { HOME } from './readme.ts';

/** The changelog of a package: it has the versions of the whole package, whose changelog tells what changed. */
export function changelog(whole: string): string {
	const versions = [...whole.matchAll(/^## (.+)$/gm)].map(([, version = '']) => version);
	const sections = versions.map((version) => {
		const heading = version
			.toLowerCase()
			.replace(/[^a-z0-9 -]/g, '')
			.replaceAll(' ', '-');
		return `## ${version}\n\n[What changed](${HOME}/blob/main/CHANGELOG.md#${heading}), in the project that this package is part of.\n`;
	});
	return `# Changelog\n\n${sections.join('\n')}`;
}
