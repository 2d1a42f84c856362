using Loa.Devices.Data;
using Loa.Devices.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Commands;

/// <summary>Commands to speakers, and the logs that they sent for one.</summary>
static class CommandRows
{
    extension(DevicesDb db)
    {
        public DbSet<SentCommand> Commands => db.Set<SentCommand>();

        public DbSet<LogPart> Logs => db.Set<LogPart>();

        /// <summary>The pages of its speaker and of the bulk order that it is part of ask for it.</summary>
        public void Shows(SentCommand command)
        {
            db.Shows(SpeakerProcedure.Definition.Name, command.SpeakerId);
            if (command.JobId is { } job)
                db.Shows(BulkCommandProcedure.Definition.Name, job);
        }
    }

    sealed class CommandShape : IEntityTypeConfiguration<SentCommand>, IEntityTypeConfiguration<LogPart>
    {
        public void Configure(EntityTypeBuilder<SentCommand> builder) => builder.ToTable("Commands").HasKey(c => c.Id);

        public void Configure(EntityTypeBuilder<LogPart> builder) =>
            builder.ToTable("Logs").HasKey(p => new { p.CommandId, p.Part });
    }
}
