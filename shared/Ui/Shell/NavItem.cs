namespace Loa.Ui;

/// <summary>One entry of the menu; a module registers its own: <c>services.AddSingleton(new NavItem(…))</c>.</summary>
/// <param name="TextKey">Key of the entry's text in Words.</param>
/// <param name="Url">The page it opens; the entry is marked on every page below that address.</param>
/// <param name="Icon">A name of Icons/names.txt, or of the module's own icons.txt.</param>
/// <param name="Right">The right without which the entry is left out; null for all who signed in.</param>
/// <param name="Order">Place in the menu, smaller first.</param>
/// <param name="Badge">A component without parameters beside the text.</param>
public sealed record NavItem(
    string TextKey,
    string Url,
    string Icon,
    string? Right = null,
    int Order = 100,
    Type? Badge = null
);
