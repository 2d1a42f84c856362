namespace Loa.Contracts.Notices;

/// <summary>
/// One kind of notice, declared by the module that raises it: <c>services.AddNoticeKinds([new(…)])</c>. Its texts are
/// "notice.NAME" (title, by whom, unit, detail), "notice.NAME.short" (unit), which may lie on a locked screen, and "notice.NAME.name".
/// </summary>
/// <param name="Right">Without it over the notice's unit nobody sees it.</param>
/// <param name="MustAct">It waits for somebody, and ends for all when somebody acted.</param>
/// <param name="Icon">A name of Icons/names.txt.</param>
public sealed record NoticeKind(string Name, string Right, bool MustAct = false, string Icon = "info-circle")
{
    /// <summary>Who has no page open is told only of what still waits after so long.</summary>
    public TimeSpan Patience { get; init; }
}
