# Opens a run of sarx with nothing but ncdf4 and redraws the cascade.
#
#   Rscript cascade.R run.h5 cascade.png
#
# Rows are the levels of the cascade, columns women and men; lines are medians of the living, one colour an arm,
# the band is the middle half of the first arm.
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 1) stop("usage: Rscript cascade.R run.h5 [cascade.png]")
picture <- if (length(arguments) > 1) arguments[2] else "cascade.png"
run <- nc_open(arguments[1])

arms <- ncvar_get(run, "arm")
muscles <- ncvar_get(run, "muscle")
sexes <- ncvar_get(run, "summary/sex")
time_years <- ncvar_get(run, "summary/time_years")
start_age_years <- if ("start_age_years" %in% names(run$var)) ncvar_get(run, "start_age_years")[1] else 0
ages <- start_age_years + time_years

levels <- c("mitochondrial_capacity", "nmj_stability", "motor_unit_count", "fibre_area_type2_um2",
            "knee_extension_torque_Nm", "grip_strength_kg")
levels <- levels[paste0("summary/", levels, "_p50") %in% names(run$var)]

# R sees axes in the reverse order of the file: (time, [muscle,] sex, arm).
course <- function(name, arm, sex) {
  values <- ncvar_get(run, paste0("summary/", name), collapse_degen = FALSE)
  a <- match(arm, arms)
  s <- match(sex, sexes)
  if (length(dim(values)) == 4) values[, match("vastus_lateralis", muscles, nomatch = 1), s, a] else values[, s, a]
}

colours <- rep(c("#555555", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"), length.out = length(arms))
png(picture, width = 1000, height = 60 + 200 * length(levels), res = 110)
par(mfrow = c(length(levels), 2), mar = c(3, 4.2, 1.6, 0.6), mgp = c(2.9, 0.6, 0), las = 1, bty = "l", cex.lab = 0.85)
for (name in levels) {
  unit <- ncatt_get(run, paste0("summary/", name, "_p50"), "units")$value
  shown <- c(lapply(arms, function(arm) course(paste0(name, "_p50"), arm, "female")),
             lapply(arms, function(arm) course(paste0(name, "_p50"), arm, "male")))
  for (sex in c("female", "male")) {
    low <- course(paste0(name, "_p25"), arms[1], sex)
    high <- course(paste0(name, "_p75"), arms[1], sex)
    plot(NA, xlim = range(ages), ylim = range(unlist(shown), low, high, na.rm = TRUE), xlab = "age (years)",
         ylab = if (unit == "1") "relative or count" else unit,
         main = paste0(gsub("_", " ", name), ", ", if (sex == "female") "women" else "men"), cex.main = 0.85)
    known <- !is.na(low)
    polygon(c(ages[known], rev(ages[known])), c(low[known], rev(high[known])), col = "#55555522", border = NA)
    for (i in seq_along(arms)) lines(ages, course(paste0(name, "_p50"), arms[i], sex), col = colours[i], lwd = 2)
  }
}
legend("bottomleft", legend = gsub("_", " ", arms), col = colours, lwd = 2, bty = "n", cex = 0.75)
invisible(dev.off())
nc_close(run)
cat(picture, "\n")
