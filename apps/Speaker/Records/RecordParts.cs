using Loa.Jose;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Records;

/// <summary>The proof of what the speaker did.</summary>
static class RecordParts
{
    public static Parts AddRecords(this Parts parts)
    {
        parts.Add(
            new RecordStore(
                parts.Get<Journal>(),
                parts.Get<SigningKey>(),
                parts.Get<Identity>().Speaker,
                parts.Get<Wakeups>().Sending,
                parts.Get<TimeProvider>()
            )
        );
        return parts;
    }
}
