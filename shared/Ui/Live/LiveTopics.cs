using Loa.Kernel;

namespace Loa.Ui;

/// <summary>Writes what a part of a page is of, for <see cref="Live"/>.</summary>
public static class LiveTopics
{
    public static string Of(string kind, Guid id) => new LiveTopic(kind, id).ToString();
}
