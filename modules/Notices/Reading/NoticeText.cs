using System.Globalization;
using Loa.Kernel;
using Loa.Notices.Raised;

namespace Loa.Notices.Reading;

/// <summary>A notice in words of the reader's language.</summary>
static class NoticeText
{
    /// <summary>More are not counted for a person.</summary>
    public const int MostShown = 99;

    public static string Of(Notice notice, Sight sight) =>
        Words.Get("notice." + notice.Kind, notice.Title, notice.By, sight.Tree.NameOf(notice.UnitId), notice.Detail);

    public static string Number(int count) =>
        count > MostShown ? $"{MostShown}+" : count.ToString(CultureInfo.InvariantCulture);

    public static string Count(int count) =>
        count == 0 ? Words.Get("notices.none-unread") : Words.Get("notices.unread", Number(count));
}
