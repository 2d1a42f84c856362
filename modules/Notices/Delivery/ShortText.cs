using System.Globalization;
using Loa.Kernel;

namespace Loa.Notices.Delivery;

/// <summary>What may lie on a locked screen: where something waits, and nothing of what it is.</summary>
static class ShortText
{
    public static string Of(NoticeLetter letter) =>
        letter.Notices is [var only]
            ? Words.Get($"notice.{only.Kind}.short", letter.Sight.Tree.NameOf(only.UnitId))
            : Words.Get("notices.letter.many", letter.Notices.Count);

    /// <summary>In the reader's own language.</summary>
    public static TText In<TText>(NoticeChoice to, Func<TText> write)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = to.Culture;
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
