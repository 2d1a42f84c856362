namespace Loa.Speaker.Records;

/// <summary>Remembers the last few texts it was given.</summary>
sealed class RecentTexts(int most)
{
    readonly HashSet<string> known = [];
    readonly Queue<string> order = new();

    /// <summary>False when it was given this text before.</summary>
    public bool Add(string text)
    {
        if (!known.Add(text))
            return false;
        order.Enqueue(text);
        if (order.Count > most)
            known.Remove(order.Dequeue());
        return true;
    }
}
