using Loa.Kernel;

namespace Loa.Notices.Raised;

/// <summary>For what open pages are rung when notices come, end or are read.</summary>
static class NoticeTopics
{
    /// <summary>Alone for all pages, with an officer's id for his.</summary>
    public const string All = "notices";

    public static string Of(Guid? officer) => $"{All} {new LiveTopic(All, officer ?? default)}";
}
