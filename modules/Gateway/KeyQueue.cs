namespace Loa.Gateway;

/// <summary>Speakers whose keys are looked up together, as many as wait at that moment, one question after the other.</summary>
sealed class KeyQueue(Func<Guid[], Task<Dictionary<Guid, KnownKey>>> read, TimeSpan pause, TimeProvider clock)
{
    const int Together = 500;

    readonly Lock gate = new();
    readonly List<(Guid Speaker, TaskCompletionSource<KnownKey?> Answer)> waiting = [];
    bool isAsking;

    public Task<KnownKey?> Find(Guid speaker)
    {
        var answer = new TaskCompletionSource<KnownKey?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((speaker, answer));
            if (!isAsking)
            {
                isAsking = true;
                _ = Task.Run(Ask, CancellationToken.None);
            }
        }
        return answer.Task;
    }

    async Task Ask()
    {
        while (Next() is { Length: > 0 } some)
        {
            try
            {
                var found = await read([.. some.Select(w => w.Speaker).Distinct()]);
                foreach (var (speaker, answer) in some)
                    answer.TrySetResult(found.GetValueOrDefault(speaker));
            }
            catch (Exception failure)
            {
                // Each who waits learns of it, and his connection is closed; the next ask anew.
                foreach (var (_, answer) in some)
                    answer.TrySetException(failure);
            }
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock);
        }
    }

    (Guid Speaker, TaskCompletionSource<KnownKey?> Answer)[] Next()
    {
        lock (gate)
        {
            var some = waiting.Take(Together).ToArray();
            waiting.RemoveRange(0, some.Length);
            isAsking = some.Length > 0;
            return some;
        }
    }
}
