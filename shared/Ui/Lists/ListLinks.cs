namespace Loa.Ui;

/// <summary>A link that renews the list in its place, so that neither focus nor the place on the page is lost; without a script it is a link.</summary>
static class ListLinks
{
    public static Dictionary<string, object> InPlace(string url) =>
        new(StringComparer.Ordinal)
        {
            ["hx-get"] = url,
            ["hx-target"] = "#results",
            ["hx-select"] = "#results",
            ["hx-swap"] = "outerMorph",
            ["hx-push-url"] = "true",
        };
}
