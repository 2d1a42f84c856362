using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Loa.Browser;

/// <summary>Accessibility as axe-core judges it. Its script is put into a page once, and the page judges itself: no second page beside each.</summary>
static class Axe
{
    static readonly string script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each fault with its rule and the element that has it.</summary>
    public static async Task<string[]> Faults(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(script);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ["violations"] });
              return violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target} – ${node.html} ${node.any[0]?.message ?? ""}`));
            }
            """
        );
    }
}
